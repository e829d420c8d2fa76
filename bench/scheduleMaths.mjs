// How many next runs a second are worked out, next to croner by itself and to cron-parser; and how many expressions are read.
// Build first (npm run build), then: npm run bench:schedule-maths [-- seconds]
import { nextRunAt, parseSchedule } from '../packages/jobs/dist/index.js'
import { peers, peerVersions } from './shared/peers.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const [seconds = 1] = process.argv.slice(2).map(Number)
const require = peers()
const { Cron } = require('croner')
const { CronExpressionParser } = require('cron-parser')

const zone = 'Europe/Madrid'
const patterns = [
  ['a time of day', '30 8 * * *'],
  ['every five minutes', '*/5 * * * *'],
  ['first Monday of the month', '0 9 * * 1#1'],
  ['29 February', '0 0 29 2 *'],
]
const contenders = {
  kamihi: (pattern) => {
    const { schedule } = parseSchedule(pattern, zone)
    return (after) => nextRunAt(schedule, after)
  },
  croner: (pattern) => {
    const cron = new Cron(pattern, { timezone: zone })
    return (after) => cron.nextRun(new Date(after)).getTime()
  },
  'cron-parser': (pattern) => {
    const expression = CronExpressionParser.parse(pattern, { tz: zone })
    return (after) => {
      expression.reset(new Date(after))
      return expression.next().getTime()
    }
  },
}

const rows = patterns.map(([what, pattern]) => {
  const row = { schedule: `${what} (\`${pattern}\`)` }
  for (const [name, prepare] of Object.entries(contenders)) row[`${name}/s`] = rate(prepare(pattern))
  return { ...row, 'kamihi to croner': row['kamihi/s'] / row['croner/s'] }
})
printTable(`Next runs a second in ${zone}, patterns read before`, rows)
printVersions(peerVersions('croner', 'cron-parser'))

/** From instants all over a year, so that nobody gains by remembering the last answer. */
function rate(next) {
  const begin = Date.UTC(2026, 0, 1)
  let count = 0
  const work = (ms) => {
    const until = performance.now() + ms
    count = 0
    while (performance.now() < until) {
      next(begin + ((count * 7_919_003) % 31_536_000_000))
      count += 1
    }
  }
  work(200)
  work(seconds * 1000)
  return Math.round(count / seconds)
}
