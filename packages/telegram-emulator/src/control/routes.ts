import type { TObject } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import type { FastifyInstance } from 'fastify'
import type { EmulatorEvent } from '../shapes/events.ts'
import type { World } from '../world/world.ts'
import { type ControlCall, controlCalls, type RemoteName } from './calls.ts'
import type { EmulatorControl } from './control.ts'
import { openApi } from './openApi.ts'

/** The control API over HTTP, what happens as server-sent events, and files for the chat page. */
export function controlRoutes(app: FastifyInstance, world: World, control: EmulatorControl): void {
  app.register(async (scope) => callRoutes(scope, control))
  app.get('/_emu/openapi.json', async () => openApi())
  app.get('/_emu/events', async (_, reply) => {
    reply.hijack()
    streamEvents(world, reply.raw)
  })
  fileRoute(app, world)
}

function callRoutes(app: FastifyInstance, control: EmulatorControl): void {
  app.setErrorHandler<Error & { statusCode?: number }>((error, _, reply) =>
    reply.status(error.statusCode ?? 500).send({ error: error.message }),
  )
  for (const [name, call] of Object.entries(controlCalls) as [RemoteName, ControlCall][]) {
    const run = control[name] as (...args: unknown[]) => Promise<unknown>
    // Compiled when it is first called: together they would take longer than the start of the server.
    let check: TypeCheck<TObject> | undefined
    app.post(`/_emu/${name}`, async (request, reply) => {
      const body = (request.body ?? {}) as Record<string, unknown>
      check ??= TypeCompiler.Compile(call.args)
      const wrong = whatIsWrong(check, name, body)
      if (wrong) return reply.status(400).send({ error: wrong })
      try {
        const result = await run(...Object.keys(call.args.properties).map((key) => body[key]))
        return reply.send({ result: result ?? null })
      } catch (error) {
        return reply.status(400).send({ error: error instanceof Error ? error.message : String(error) })
      }
    })
  }
}

function whatIsWrong(check: TypeCheck<TObject>, name: string, body: unknown): string | null {
  const first = check.Errors(body).First()
  if (!first) return null
  const given = JSON.stringify(first.value)?.slice(0, 80) ?? 'nothing'
  const { description } = first.schema
  const meaning = typeof description === 'string' ? ` (${description})` : ''
  return `${name}: ${first.path || 'the body'} ${first.message.replace(/^[EU]/, (letter) => letter.toLowerCase())}${meaning}; given: ${given}.`
}

/** A page that does not keep up is cut off, and asks again for everything. */
const mostBuffered = 8 * 1024 * 1024

function streamEvents(world: World, stream: import('node:http').ServerResponse): void {
  stream.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
  stream.write('retry: 1000\n\n')
  const unlisten = world.listen((event: EmulatorEvent) => {
    if (stream.writableLength > mostBuffered) stream.destroy()
    else stream.write(`data: ${JSON.stringify(event)}\n\n`)
  })
  stream.on('close', unlisten)
}

/** Only what a browser cannot run is shown in place; the rest is a download. */
const shown = /^(image\/(png|jpeg|gif|webp)|audio\/|video\/)/

function fileRoute(app: FastifyInstance, world: World): void {
  app.get<{ Params: { id: string } }>('/_emu/files/:id', async ({ params }, reply) => {
    const file = world.files.find(params.id)
    if (!file)
      return reply
        .status(404)
        .send({ error: 'There is no such file; it may have been dropped for newer ones.' })
    const inline = shown.test(file.mimeType)
    return reply
      .type(inline ? file.mimeType : 'application/octet-stream')
      .header(
        'content-disposition',
        `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      )
      .header('cache-control', 'private, max-age=3600')
      .send(Buffer.from(file.bytes))
  })
}
