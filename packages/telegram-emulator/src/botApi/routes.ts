import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SetFault } from '../faults/faults.ts'
import type { World } from '../world/world.ts'
import { BotApiError } from './answer.ts'
import { type Answer, chatOfCall, invoke, refusal, refusalOf } from './invoke.ts'
import type { MethodTable } from './methods/all.ts'
import { brought, readBodies, recorded } from './request.ts'

interface Route {
  Params: { token: string; method: string }
}

/** `/bot<token>/<method>` by GET or POST, and `/file/bot<token>/<path>`, as Telegram answers them. */
export function botApiRoutes(app: FastifyInstance, world: World, methods: MethodTable): void {
  const handler = (request: FastifyRequest<Route>, reply: FastifyReply) =>
    handle(world, methods, request, reply)
  app.register(async (bot) => {
    readBodies(bot)
    for (const url of ['/bot:token/:method', '/bot:token/test/:method'])
      bot.route<Route>({ method: ['GET', 'POST'], url, handler })
  })
  app.get<{ Params: { token: string; '*': string } }>('/file/bot:token/*', async ({ params }, reply) => {
    if (params.token !== world.token) return send(reply, unauthorized(params.token))
    const file = world.files.findByPath(params['*'])
    if (!file) return send(reply, refusal(404, 'Not Found'))
    return reply.type('application/octet-stream').send(Buffer.from(file.bytes))
  })
  app.setNotFoundHandler((_, reply) => send(reply, refusal(404, 'Not Found')))
  app.setErrorHandler<Error & { statusCode?: number }>((error, _, reply) => {
    if (error instanceof BotApiError) return send(reply, refusal(error.status, error.message))
    if (error.statusCode === 413) return send(reply, refusal(413, 'Request Entity Too Large'))
    if (error.statusCode && error.statusCode < 500)
      return send(reply, refusal(400, `Bad Request: ${error.message}`))
    process.stderr.write(`telegram-emulator: ${error.stack ?? error.message}\n`)
    return send(reply, refusal(500, `Internal Server Error: the emulator failed: ${error.message}`))
  })
}

/** What can be no token is refused in other words (ClientManager.cpp, `send`). */
const unauthorized = (token: string): Answer =>
  refusal(
    401,
    /^[1-9][^/]*:/.test(token) && token.length <= 80
      ? 'Unauthorized'
      : 'Unauthorized: invalid token specified',
  )

async function handle(
  world: World,
  methods: MethodTable,
  request: FastifyRequest<Route>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { token, method } = request.params
  if (token !== world.token) return send(reply, unauthorized(token))
  const given = await brought(request)
  const fault = world.faults.take(method, chatOfCall(given.raw))
  // Of the answer, not of the socket: that lives for many calls.
  const onGone = (gone: () => void): void => void reply.raw.once('close', gone)
  const answer = await answerWith(fault, () => invoke(world, methods, method, { ...given, onGone }))
  record(world, method, recorded(given, Number(request.headers['content-length'] ?? 0)), answer, fault)
  if (answer === 'cut') return cut(reply)
  if (answer === 'silent') return reply.hijack()
  if (fault?.error === 'reset-after') return cut(reply)
  return isPage(fault) ? sendPage(reply, answer.status) : send(reply, answer)
}

/** Answers as the fault wants it; without one the method itself answers. */
async function answerWith(
  fault: SetFault | null,
  run: () => Promise<Answer>,
): Promise<Answer | 'cut' | 'silent'> {
  if (!fault) return run()
  const { error } = fault
  if (error === 'reset-before') return 'cut'
  if (error === 'half-open') return 'silent'
  if (error === 'reset-after') return run()
  if ('delayMs' in error) {
    await new Promise((resolve) => setTimeout(resolve, error.delayMs))
    return run()
  }
  return refusalOf(error)
}

function record(
  world: World,
  method: string,
  params: Record<string, unknown>,
  answer: Answer | 'cut' | 'silent',
  fault: SetFault | null,
): void {
  const given = typeof answer === 'string' ? { status: 0, body: null } : answer
  const status = fault?.error === 'reset-after' ? 0 : given.status
  // A poll that went well says nothing that the updates do not say.
  if (method.toLowerCase() === 'getupdates' && status === 200) return
  const at = world.now()
  world.calls.add({ method, params, status, response: given.body, at, ...(fault ? { fault: fault.id } : {}) })
}

function cut(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.socket?.resetAndDestroy()
  return reply
}

function send(reply: FastifyReply, { status, body }: Answer): FastifyReply {
  const seconds = body.ok ? undefined : body.parameters?.retry_after
  if (typeof seconds === 'number') reply.header('retry-after', seconds)
  return reply.status(status).send(body)
}

const isPage = (fault: SetFault | null): boolean =>
  typeof fault?.error === 'object' && 'status' in fault.error && fault.error.html === true

/** What stands before the real server answers like this when that is down. */
const sendPage = (reply: FastifyReply, status: number): FastifyReply =>
  reply
    .status(status)
    .type('text/html')
    .send(
      `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status}</h1></center><hr><center>nginx</center></body>\r\n</html>\r\n`,
    )
