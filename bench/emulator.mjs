// How many sendMessage a second the emulator takes with recording on, next to a bare fastify that answers a constant of the same shape.
// Each server has a process (and so a core) of its own. Build first (npm run build), then: npm run bench:emulator [-- seconds]
import autocannon from 'autocannon'
import { token } from './shared/botApi.mjs'
import { startChild } from './shared/child.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const seconds = Number(process.argv[2] ?? 10)
const chats = 100_000
const connections = 32

const rows = []
for (const kind of ['emulator', 'fastify']) rows.push({ server: kind, ...(await measure(kind)) })
printTable(`sendMessage to ${chats} chats, ${connections} connections, ${seconds} s`, rows)
const ratio = rows[0]['requests/s'] / rows[1]['requests/s']
console.log(`\nThe emulator takes ${ratio.toFixed(2)} of what a bare fastify does.`)
printVersions()

async function measure(kind) {
  const server = startChild('emulator/server.mjs', { kind, chats, token })
  const { url } = await server.next()
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
  await autocannon({ url, connections, duration: 2, requests })
  const result = await autocannon({ url, connections, duration: seconds, requests })
  const { rssMb, heapMb, recorded } = await server.ask('stop')
  await server.ended
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refused, ${result.errors} failed`)
  const { requests: counted, latency } = result
  return {
    'requests/s': Math.round(counted.average),
    'p99 ms': latency.p99,
    'RSS MiB': rssMb,
    'heap MiB': heapMb,
    recorded,
  }
}
