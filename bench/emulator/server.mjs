// A server under load: the emulator with many chats, or a bare fastify.
import { createRequire } from 'node:module'
import { childOptions } from '../shared/child.mjs'

const { kind, chats, token } = childOptions()
const { url, stop, recorded } = kind === 'emulator' ? await emulator(chats) : await bare()
process.send({ url })
process.on('message', async () => {
  const { rss, heapUsed } = process.memoryUsage()
  const mb = (bytes) => Math.round(bytes / 1024 / 1024)
  process.send({ rssMb: mb(rss), heapMb: mb(heapUsed), recorded: await recorded() })
  await stop()
  process.disconnect()
})

async function emulator(people) {
  const { createEmulator } = await import('../../packages/telegram-emulator/dist/index.js')
  const running = await createEmulator({ port: 0, limits: false, token })
  for (let id = 1; id <= people; id += 1) await running.control.addUser({ id, firstName: `User ${id}` })
  return {
    url: running.url,
    stop: () => running.close(),
    recorded: async () => (await running.control.calls()).length,
  }
}

async function bare() {
  const require = createRequire(new URL('../../packages/telegram-emulator/package.json', import.meta.url))
  const app = require('fastify')()
  const from = { id: 1000000001, is_bot: true, first_name: 'Kamihi demo', username: 'kamihi_demo_bot' }
  app.post('/bot:token/:method', async ({ body }) => ({
    ok: true,
    result: {
      message_id: 1,
      from,
      chat: { id: body.chat_id, type: 'private', first_name: 'User' },
      date: 1764000000,
      text: body.text,
    },
  }))
  return {
    url: await app.listen({ port: 0, host: '127.0.0.1' }),
    stop: () => app.close(),
    recorded: async () => 0,
  }
}
