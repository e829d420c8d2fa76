import type { OutgoingHttpHeaders } from 'node:http'
import { eventsPath, type LiveEvent } from '@kamihi/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { principalOf } from './auth/principal.ts'
import { type ApiContext, principalIn } from './context.ts'
import { onceClosed } from './onceClosed.ts'
import { ApiProblem } from './problem.ts'
import { isEmbedded } from './security/csrf.ts'

const heartbeatMs = 15_000
/** A reader that stalls may not keep more than this in our memory. */
const maxBufferedBytes = 1024 * 1024
/** Streams that may be open at once. */
export const maxStreams = 100
const maxStreamsPerPrincipal = 5
const replayed = 256

interface Numbered {
  id: number
  event: LiveEvent
}

/** Server-sent events: what changed, so that a page need not ask again and again. */
export function liveRoutes(app: FastifyInstance, context: ApiContext): void {
  const ring: Numbered[] = []
  const streams = new Map<FastifyReply, { owner: string; send: (item: Numbered) => void }>()
  let lastId = context.kamihi.clock.now()

  const stopListening = context.kamihi.events.on((event) => {
    lastId += 1
    const item = { id: lastId, event }
    ring.push(item)
    if (ring.length > replayed) ring.shift()
    for (const stream of streams.values()) stream.send(item)
  })
  app.addHook('preClose', async () => {
    stopListening()
    for (const reply of streams.keys()) reply.raw.end()
  })

  app.get(eventsPath, { config: { needsRole: 'viewer' } }, async (request, reply) => {
    if (isEmbedded(request)) throw new ApiProblem('csrf')
    const owner = principalIn(request).id
    const mine = [...streams.values()].filter((stream) => stream.owner === owner).length
    if (streams.size >= maxStreams || mine >= maxStreamsPerPrincipal)
      throw new ApiProblem('unavailable', { issue: { kind: 'too_many_streams' }, retryAfterSeconds: 5 })
    openStream(reply)
    const write = boundedWriter(reply)
    const send = ({ id, event }: Numbered) =>
      write(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    replay(request.headers['last-event-id'], ring, send, write)
    streams.set(reply, { owner, send })
    const endIfGone = () => endUnlessAllowed(context, request, reply)
    const stopWatching = context.accessChanges.on(endIfGone)
    const stopHeartbeat = every(context, heartbeatMs, () => {
      write(`: ${new Date(context.kamihi.clock.now()).toISOString()}\n\n`)
      endIfGone()
    })
    onceClosed(request, reply, () => {
      stopHeartbeat()
      stopWatching()
      streams.delete(reply)
    })
  })
}

function openStream(reply: FastifyReply): void {
  reply.hijack()
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  })
  reply.raw.write('retry: 2000\n\n')
}

/** Ends the stream of somebody whose session or token has ended since it was opened. */
function endUnlessAllowed(context: ApiContext, request: FastifyRequest, reply: FastifyReply): void {
  principalOf(request, context, 'look')
    .then((principal) => {
      if (!principal) reply.raw.end()
    })
    .catch((error: unknown) => {
      // A token that is refused. While the database cannot be read, nobody can tell.
      if (error instanceof ApiProblem) reply.raw.end()
    })
}

/** Ends the stream of a reader that does not read; it connects again and starts afresh. */
function boundedWriter(reply: FastifyReply): (text: string) => void {
  return (text) => {
    if (reply.raw.writableLength > maxBufferedBytes) reply.raw.destroy()
    else if (!reply.raw.writableEnded) reply.raw.write(text)
  }
}

function replay(
  lastSeen: unknown,
  ring: Numbered[],
  send: (item: Numbered) => void,
  write: (text: string) => void,
): void {
  if (typeof lastSeen !== 'string') return
  const first = ring[0]?.id ?? Number.POSITIVE_INFINITY
  if (Number(lastSeen) + 1 < first) write('event: resync\ndata: {}\n\n')
  else for (const item of ring) if (item.id > Number(lastSeen)) send(item)
}

function every(context: ApiContext, ms: number, work: () => void): () => void {
  let stop = () => {}
  const again = () => {
    stop = context.kamihi.clock.setTimer(ms, () => {
      work()
      again()
    })
  }
  again()
  return () => stop()
}
