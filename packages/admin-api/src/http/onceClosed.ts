import type { FastifyReply, FastifyRequest } from 'fastify'

/** Does something when an answer has ended. One that waits behind another on its connection does not close; the connection does. */
export function onceClosed(
  { raw: { socket } }: FastifyRequest,
  { raw }: FastifyReply,
  work: () => void,
): void {
  let isDone = false
  // Both may be told in one go, where taking the other listener away comes too late.
  const done = () => {
    if (isDone) return
    isDone = true
    raw.off('close', done)
    socket.off('close', done)
    work()
  }
  raw.on('close', done)
  socket.on('close', done)
  // Who went while the hooks before were at work has been told of already.
  if (raw.destroyed || socket.destroyed) done()
}
