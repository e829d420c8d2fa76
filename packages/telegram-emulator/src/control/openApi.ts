import { Type } from '@sinclair/typebox'
import { type ControlCall, controlCalls, Refusal } from './calls.ts'

/** The OpenAPI 3.1 document of the control API, made from the schemas that the server checks with. */
export function openApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Control API of the Telegram emulator',
      version: '1.0.0',
      description:
        'Be the people who talk with a bot. The Bot API itself is documented by Telegram; files and live events are at /_emu/files/{file_id} and /_emu/events.',
    },
    paths: Object.fromEntries(
      Object.entries(controlCalls).map(([name, call]) => [`/_emu/${name}`, { post: operation(name, call) }]),
    ),
  }
}

const operation = (name: string, { summary, args, result }: ControlCall) => ({
  operationId: name,
  summary,
  requestBody: {
    required: Object.keys(args.properties).length > 0,
    content: { 'application/json': { schema: args } },
  },
  responses: {
    200: json('Done', Type.Object({ result })),
    400: json('Refused, and why', Refusal),
  },
})

const json = (description: string, schema: object) => ({
  description,
  content: { 'application/json': { schema } },
})
