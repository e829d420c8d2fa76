// How many sendMessage a second the emulator takes with recording on, next to a bare fastify that answers a constant of the same shape.
// Each server has a process (and so a core) of its own. Build first (npm run build), then: node bench/emulator.mjs [seconds]
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'

const seconds = Number(process.argv[2] ?? 10)
const chats = 100_000
const token = '1000000001:kamihi-emulator-token-of-35-letters'

const rows = []
for (const kind of ['emulator', 'fastify']) {
  const server = await start(kind)
  const requests = Array.from({ length: 5000 }, (_, n) => ({
    method: 'POST',
    path: `/bot${token}/sendMessage`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      chat_id: 1 + ((n * 7919) % chats),
      text: `Report ${n}: all is well`,
      parse_mode: 'HTML',
    }),
  }))
  await autocannon({ url: server.url, connections: 32, duration: 2, requests })
  const result = await autocannon({ url: server.url, connections: 32, duration: seconds, requests })
  const { rssMb, heapMb, recorded } = await server.stop()
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refused, ${result.errors} failed`)
  rows.push({
    server: kind,
    'requests/s': Math.round(result.requests.average),
    'p99 ms': result.latency.p99,
    rssMb,
    heapMb,
    recorded,
  })
}
console.table(rows)
console.log(`${chats} chats, 32 connections, ${seconds} s, Node ${process.version}`)
console.log(`ratio to bare fastify: ${(rows[0]['requests/s'] / rows[1]['requests/s']).toFixed(2)}`)

/** Starts a server in a process of its own. */
async function start(kind) {
  const child = fork(fileURLToPath(new URL('emulator/server.mjs', import.meta.url)), [kind, String(chats)])
  const next = () => new Promise((resolve) => child.once('message', resolve))
  const { url } = await next()
  return {
    url,
    async stop() {
      child.send('stop')
      return next()
    },
  }
}
