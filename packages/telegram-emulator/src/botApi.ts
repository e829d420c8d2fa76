import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Flood } from './flood.ts'
import { knownMethods, methods } from './methods.ts'
import type { Polling } from './polling.ts'
import { recordCall, type State, takeFault } from './state.ts'
import { BotApiError } from './telegram.ts'
import type { Fault } from './types.ts'

export interface BotApi {
  state: State
  token: string
  polling: Polling
  flood: Flood | null
}

interface Answer {
  status: number
  body: { ok: boolean; [key: string]: unknown }
}

/** `/bot<token>/<method>`, by GET or POST, as Telegram answers it. */
export function botApiRoutes(app: FastifyInstance, api: BotApi): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/bot:token/:method',
    handler: async (request, reply) => {
      const { token, method } = request.params as { token: string; method: string }
      if (token !== api.token) return send(reply, refusal(401, 'Unauthorized'))
      const params = paramsOf(request)
      const fault = takeFault(api.state, method, params.chat_id === undefined ? null : Number(params.chat_id))
      if (fault && (await before(fault, reply))) return
      const answer =
        fault && typeof fault.error === 'object' && 'status' in fault.error
          ? faulty(fault.error)
          : await call(api, method, params, request)
      if (method.toLowerCase() !== 'getupdates')
        recordCall(api.state, { method, params, response: answer.body, at: api.state.now() })
      if (fault?.error === 'reset-after') return reset(reply)
      return send(reply, answer)
    },
  })
  app.setNotFoundHandler((_, reply) => send(reply, refusal(404, 'Not Found')))
}

/** Delays, or cuts the connection before anything happens; true when it was cut. */
async function before({ error }: Fault, reply: FastifyReply): Promise<boolean> {
  if (typeof error === 'object' && 'delayMs' in error)
    await new Promise((resolve) => setTimeout(resolve, error.delayMs))
  if (error !== 'reset-before') return false
  reset(reply)
  return true
}

function reset(reply: FastifyReply): void {
  reply.hijack()
  reply.raw.socket?.resetAndDestroy()
}

async function call(
  api: BotApi,
  name: string,
  params: Record<string, unknown>,
  request: FastifyRequest,
): Promise<Answer> {
  try {
    return { status: 200, body: { ok: true, result: await resultOf(api, name, params, request) } }
  } catch (error) {
    if (error instanceof BotApiError) return refusal(error.status, error.message, error.parameters)
    throw error
  }
}

function resultOf(
  api: BotApi,
  name: string,
  params: Record<string, unknown>,
  request: FastifyRequest,
): unknown {
  const key = name.toLowerCase()
  if (key === 'getupdates') return api.polling.poll(params, (gone) => request.raw.socket.once('close', gone))
  const method = methods[key]
  if (method) return method(api.state, params, api.flood)
  if (knownMethods.has(key))
    throw new BotApiError(501, `Not Implemented: the emulator does not model ${name} yet`)
  throw new BotApiError(404, 'Not Found: method not found')
}

const refusal = (status: number, description: string, parameters?: Record<string, unknown>): Answer => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters ? { parameters } : {}) },
})

function faulty({
  status,
  description,
  retryAfter,
}: {
  status: number
  description: string
  retryAfter?: number
}): Answer {
  return refusal(status, description, retryAfter === undefined ? undefined : { retry_after: retryAfter })
}

const send = (reply: FastifyReply, { status, body }: Answer) => reply.status(status).send(body)

/** Values of the query and of the body; what a form or query holds as text is JSON where it looks like it. */
function paramsOf(request: FastifyRequest): Record<string, unknown> {
  const body =
    typeof request.body === 'object' && request.body !== null ? (request.body as Record<string, unknown>) : {}
  const query = Object.fromEntries(
    Object.entries(request.query as Record<string, string>).map(([name, value]) => [name, fromText(value)]),
  )
  const isForm = String(request.headers['content-type'] ?? '').includes('urlencoded')
  return {
    ...query,
    ...(isForm
      ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, fromText(String(value))]))
      : body),
  }
}

function fromText(value: string): unknown {
  if (!/^[[{]|^(true|false|-?\d{1,15})$/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
