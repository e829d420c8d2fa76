import { type AddressInfo, connect } from 'node:net'
import Fastify from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { onceClosed } from '../../src/http/onceClosed.ts'

it('what is to be done once an answer has ended is done too when its reader has gone before the answer began', async () => {
  const app = Fastify()
  onTestFinished(() => app.close())
  let waits = () => {}
  const isWaiting = new Promise<void>((resolve) => {
    waits = resolve
  })
  app.addHook('onRequest', async ({ raw: { socket } }) => {
    const gone = new Promise((resolve) => socket.once('close', resolve))
    waits()
    await gone
  })
  const isDone = new Promise<number>((resolve) => {
    app.get('/', (request, reply) => {
      let times = 0
      reply.hijack()
      onceClosed(request, reply, () => {
        times += 1
      })
      setImmediate(() => resolve(times))
    })
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const reader = connect(port, '127.0.0.1')
  reader.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await isWaiting
  reader.destroy()
  expect(await isDone).toBe(1)
})
