// P9: what many jobs cost when a bot starts: the time until each has its next run, and the memory they take; next to an object of croner
// or of node-cron for each. Every contender has a process of its own.
// Build first (npm run build), then: npm run bench:registration [-- jobs]
import { setTimeout as pause } from 'node:timers/promises'
import { startChild } from './shared/child.mjs'
import { temporaryFolder } from './shared/cleanUp.mjs'
import { exponent, mebibytes } from './shared/maths.mjs'
import { peers, peerVersions } from './shared/peers.mjs'
import { seedJobs, withDatabase } from './shared/seed.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const [most = 100_000] = process.argv.slice(2).map(Number)
/** A start that takes longer is given up; how far it came is shown. */
const patienceMs = 45_000
/** An object of croner takes about 80 KB: more of them do not fit into the heap that Node gives. */
const mostOfPeers = 10_000

/** Fifty patterns as people write them. */
const shared = Array.from(
  { length: 50 },
  (_, n) => `${(n * 7) % 60} ${n % 24} * * ${n % 2 === 0 ? '*' : 1 + (n % 5)}`,
)
/** As many patterns as jobs. */
const distinct = Array.from({ length: most }, (_, n) => {
  const [minute, hour, day] = [n % 60, Math.floor(n / 60) % 24, 1 + (Math.floor(n / 1440) % 28)]
  return `${minute} ${hour} ${day} ${1 + (Math.floor(n / 40_320) % 12)} *`
})

peers()
const rows = []
for (const jobs of [most / 100, most / 10, most])
  rows.push(await kamihi(`kamihi, cursors to place, ${shared.length} patterns`, jobs, shared, null))
const tomorrow = Date.now() + 86_400_000
const others = [
  await kamihi('kamihi, started again', most, shared, tomorrow),
  await kamihi('kamihi, cursors to place, all patterns different', most, distinct, null),
]
for (const kind of ['croner', 'node-cron']) others.push(await peer(kind, Math.min(most, mostOfPeers)))

printTable('Jobs registered when the process starts', [...rows, ...others].map(asRow))
const growth = (key) => exponent(rows.map((row) => [row.jobs, row[key]])).toFixed(2)
console.log(`\nGrowth with the number of jobs: time n^${growth('ms')}, memory n^${growth('bytes')}.`)
console.log('Goals at 100 000: 1 s and 1 KB a job where patterns are shared; all different in at most 1 GB.')
printVersions(peerVersions('croner', 'node-cron'))

async function kamihi(name, jobs, patterns, nextRunAt) {
  const folder = temporaryFolder('registration')
  await seedJobs(folder, { count: jobs, patterns, action: 'nothing', nextRunAt })
  const figures = await contender({ kind: 'kamihi', folder })
  const count = 'select count(*) from jobs where next_run_at is not null'
  const placed = withDatabase(folder, (db) => db.prepare(count).pluck().get())
  return { name, jobs, placed, ...figures }
}

async function peer(kind, jobs) {
  const figures = await contender({ kind, patterns: shared, jobs })
  return { name: `${kind}, an object a job`, jobs, placed: jobs, ...figures }
}

async function contender(options) {
  const child = startChild('registration/contender.mjs', options, { execArgv: ['--expose-gc'] })
  const givenUp = pause(patienceMs, { ms: Number.NaN, bytes: Number.NaN }, { ref: false })
  const figures = await Promise.race([child.next(), givenUp])
  await child.kill()
  return figures
}

function asRow({ name, jobs, placed, ms, bytes }) {
  return {
    what: name,
    jobs,
    'with a next run': placed,
    ms: Number.isNaN(ms) ? `> ${patienceMs}` : Math.round(ms),
    'µs a job': (ms * 1000) / jobs,
    'bytes a job': Math.round(bytes / jobs),
    'heap MiB': mebibytes(bytes),
  }
}
