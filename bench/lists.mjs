// P11: pages of lists over HTTP, at a thousand, a hundred thousand and a million rows: the API of Kamihi next to a bare Fastify that reads the
// same page by hand-written statements of better-sqlite3 and sends it with JSON.stringify, without accounts, hooks or schemas.
// Build first (npm run build), then: npm run bench:lists [-- rows …]
import autocannon from 'autocannon'
import { seedLists } from './lists/seed.mjs'
import { startChild } from './shared/child.mjs'
import { temporaryFolder } from './shared/cleanUp.mjs'
import { exponent, median } from './shared/maths.mjs'
import { versionOf } from './shared/modules.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const asked = process.argv.slice(2).map(Number)
const sizes = asked.length > 0 ? asked : [1000, 100_000, 1_000_000]
const lists = ['users', 'jobs', 'runs', 'deliveries', 'audit']
const rounds = 3
const seconds = 1
const goal = 0.9

const rows = []
for (const size of sizes) {
  const folder = temporaryFolder('lists')
  const { runId } = await seedLists(folder, size)
  const contenders = []
  for (const kind of ['kamihi', 'peer']) {
    const child = startChild('lists/contender.mjs', { kind, folder })
    contenders.push({ kind, child, ...(await child.next()) })
  }
  for (const list of lists) rows.push({ list, size, ...(await compare(contenders, list, runId)) })
  for (const { child } of contenders) await child.kill()
}

printTable(
  'Pages of 50 a second over HTTP',
  rows.map(({ list, size, kamihi, peer, bytes }) => ({
    list,
    rows: size,
    kamihi: kamihi.speed,
    'bare better-sqlite3': peer.speed,
    ratio: kamihi.speed / peer.speed,
    'CPU µs a page': kamihi.cpu,
    'CPU µs, bare': peer.cpu,
    'CPU ratio': peer.cpu / kamihi.cpu,
    'KB a page': bytes / 1000,
  })),
)
for (const list of lists) {
  const points = rows.filter((row) => row.list === list).map(({ size, kamihi }) => [size, kamihi.cpu])
  if (points.length > 1)
    console.log(`\n${list}: the CPU of a page is rows^${exponent(points).toFixed(2)} (0 is flat).`)
}
const worst = Math.min(...rows.map(({ kamihi, peer }) => kamihi.speed / peer.speed))
console.log(`\nGoal: ${goal} of the bare one, and flat. The least is ${worst.toFixed(2)}.`)
printVersions({
  fastify: versionOf('fastify', 'admin-api'),
  'better-sqlite3': versionOf('better-sqlite3', 'store'),
})
process.exit()

/** Requests a second of each and what they cost it, in turns; the median counts, after one round to warm up. */
async function compare(contenders, list, runId) {
  const path = list === 'deliveries' ? `/api/v1/runs/${runId}/deliveries` : `/api/v1/${list}`
  const measured = { kamihi: [], peer: [] }
  let bytes = 0
  for (let round = 0; round <= rounds; round += 1) {
    for (const { kind, url, token, child } of contenders) {
      const before = await child.ask('cpu')
      const result = await load(`${url}${path}?limit=50`, token, round === 0 ? seconds / 2 : seconds)
      if (result.non2xx > 0 || result.errors > 0) throw new Error(`${kind} refused ${path}`)
      const { total, average } = result.requests
      if (round > 0) measured[kind].push({ speed: average, cpu: ((await child.ask('cpu')) - before) / total })
      if (kind === 'kamihi') bytes = result.throughput.total / total
    }
  }
  const middle = (kind, key) => median(measured[kind].map((figures) => figures[key]))
  const of = (kind) => ({ speed: middle(kind, 'speed'), cpu: middle(kind, 'cpu') })
  return { kamihi: of('kamihi'), peer: of('peer'), bytes }
}

function load(url, token, duration) {
  return autocannon({ url, duration, connections: 4, headers: { authorization: `Bearer ${token}` } })
}
