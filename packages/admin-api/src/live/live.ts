import { randomUUID } from 'node:crypto'
import type { OutgoingHttpHeaders } from 'node:http'
import { eventsPath } from '@kamihi/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { principalOf } from '../auth/principal.ts'
import { type ApiContext, principalIn } from '../context.ts'
import { onceClosed } from '../http/onceClosed.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { isEmbedded } from '../security/csrf.ts'
import { createRecentEvents, type PlacedEvent, type RecentEvents } from './recentEvents.ts'

const heartbeatMs = 15_000
/** A reader that stalls may not keep more than this in our memory. */
const maxBufferedBytes = 1024 * 1024
/** Streams that may be open at once. */
export const maxStreams = 100
const maxStreamsPerPrincipal = 5

/** Server-sent events: what changed, so that a page need not ask again and again. */
export function liveRoutes(app: FastifyInstance, context: ApiContext): void {
  const recent = createRecentEvents(randomUUID())
  const streams = new Map<FastifyReply, { owner: string; send: (item: PlacedEvent) => void }>()

  const stopListening = context.kamihi.events.on((event) => {
    const item = recent.add(event)
    for (const stream of streams.values()) stream.send(item)
  })
  app.addHook('preClose', async () => {
    stopListening()
    for (const reply of streams.keys()) reply.raw.end()
  })

  app.get(eventsPath, { config: { needsRole: 'viewer' }, exposeHeadRoute: false }, async (request, reply) => {
    if (isEmbedded(request)) throw new ApiProblem('csrf')
    const owner = principalIn(request).id
    const mine = [...streams.values()].filter((stream) => stream.owner === owner).length
    if (streams.size >= maxStreams || mine >= maxStreamsPerPrincipal)
      throw new ApiProblem('unavailable', { issue: { kind: 'too_many_streams' }, retryAfterSeconds: 5 })
    openStream(reply)
    const write = boundedWriter(reply)
    const send = ({ id, event }: PlacedEvent) =>
      write(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    const lastSeen = request.headers['last-event-id']
    if (typeof lastSeen === 'string') replay(lastSeen, recent, send, write)
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
  lastSeen: string,
  recent: RecentEvents,
  send: (item: PlacedEvent) => void,
  write: (text: string) => void,
): void {
  const items = recent.after(lastSeen)
  if (items === 'missed') write(`id: ${recent.lastId()}\nevent: resync\ndata: {}\n\n`)
  else for (const item of items) send(item)
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
