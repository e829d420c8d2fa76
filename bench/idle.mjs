// P14: what a bot does while nobody writes to it and nothing is due: how often it wakes up and how much of a core it takes, with many jobs;
// next to a bare telegraf that polls, and to a Node that waits. Each has a process of its own.
// Build first (npm run build), then: npm run bench:idle [-- jobs seconds]
import { startBotApi } from './shared/botApi.mjs'
import { startChild } from './shared/child.mjs'
import { temporaryFolder } from './shared/cleanUp.mjs'
import { mebibytes } from './shared/maths.mjs'
import { versionOf } from './shared/modules.mjs'
import { seedJobs } from './shared/seed.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const [jobs = 10_000, seconds = 20] = process.argv.slice(2).map(Number)
/** Until the start is over: polling has begun, the hourly look for old history is done, and V8 has given back what only the start needed. */
const settleSeconds = { kamihi: 100, telegraf: 5, node: 5 }

const api = await startBotApi()
const rows = []
for (const [what, kind] of [
  [`kamihi, ${jobs} jobs`, 'kamihi'],
  ['telegraf, polling', 'telegraf'],
  ['Node, one timer', 'node'],
])
  rows.push({ what, ...(await idle(kind)) })
printTable(
  `A bot with nothing to do, ${seconds} s`,
  rows.map(({ what, timersPerSecond, switchesPerSecond, cpuPercent, rss }) => ({
    what,
    'timers fired a second': timersPerSecond,
    'wake-ups of the main thread a second': switchesPerSecond,
    'CPU %': cpuPercent,
    'RSS MiB': Math.round(mebibytes(rss)),
  })),
)
console.log('\nGoals: nothing beyond the long poll and one timer; CPU < 0.5 %.')
printVersions({
  telegraf: versionOf('telegraf', 'core'),
  'better-sqlite3': versionOf('better-sqlite3', 'store'),
})
await api.stop()

async function idle(kind) {
  const folder = temporaryFolder('idle')
  const nextRunAt = Date.now() + 7 * 86_400_000
  if (kind === 'kamihi')
    await seedJobs(folder, { count: jobs, patterns: ['0 0 1 1 *'], action: 'nothing', nextRunAt })
  const child = startChild('idle/contender.mjs', {
    kind,
    folder,
    apiRoot: api.url,
    seconds,
    settleSeconds: settleSeconds[kind],
  })
  const figures = await child.next()
  await child.ended
  return figures
}
