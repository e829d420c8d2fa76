// P10: many jobs due in the same second: how late each is (for Kamihi: its run is on disk), how long the loop stands still at a time, and
// that none is dropped; next to as many timers of croner and of node-cron. Every contender has a process of its own.
// Build first (npm run build), then: npm run bench:firings [-- jobs]
import { startBotApi } from './shared/botApi.mjs'
import { startChild } from './shared/child.mjs'
import { temporaryFolder } from './shared/cleanUp.mjs'
import { quantile } from './shared/maths.mjs'
import { versionOf } from './shared/modules.mjs'
import { peers, peerVersions } from './shared/peers.mjs'
import { seedJobs } from './shared/seed.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const [jobs = 10_000] = process.argv.slice(2).map(Number)
/** Seconds to get ready: a timer of croner takes about a millisecond to make, more on a busy machine. */
const leadSeconds = { kamihi: 8, croner: 10 + jobs / 400, 'node-cron': 10 + jobs / 400 }

peers()
const api = await startBotApi()
const rows = []
for (const kind of ['kamihi', 'croner', 'node-cron']) rows.push(await fire(kind))
printTable(
  `${jobs} jobs due in the same second`,
  rows.map(({ kind, lateMs, blockedMs, endedMs }) => ({
    scheduler: kind,
    'loop blocked ms, longest': blockedMs,
    'p50 ms late': quantile(lateMs, 0.5),
    'p99 ms late': quantile(lateMs, 0.99),
    'last ms late': quantile(lateMs, 1),
    dropped: jobs - lateMs.length,
    'all runs ended ms': endedMs,
  })),
)
console.log('\nGoals: loop blocked ≤ 20 ms at a time, p99 ≤ 100 ms late, none dropped.')
console.log(
  'Kamihi writes each run to disk and then calls its action; the others call a function that notes the time.',
)
printVersions({
  'better-sqlite3': versionOf('better-sqlite3', 'store'),
  ...peerVersions('croner', 'node-cron'),
})
await api.stop()

async function fire(kind) {
  const folder = temporaryFolder('firings')
  const at = (Math.ceil(Date.now() / 1000) + Math.ceil(leadSeconds[kind])) * 1000
  const due = new Date(at)
  const pattern = `${due.getUTCSeconds()} ${due.getUTCMinutes()} ${due.getUTCHours()} * * *`
  if (kind === 'kamihi')
    await seedJobs(folder, { count: jobs, patterns: [pattern], action: 'nothing', nextRunAt: at })
  const options = { kind, jobs, at, pattern, folder, apiRoot: api.url }
  const child = startChild('firings/contender.mjs', options)
  const figures = await child.next()
  await child.kill()
  if (!figures.isReady)
    throw new Error(
      `${kind} was not ready in time; it needs more than ${leadSeconds[kind]} s on this machine.`,
    )
  return { kind, ...figures }
}
