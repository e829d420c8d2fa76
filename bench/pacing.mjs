// P3, P4 and P5: how much of what Telegram permits a broadcast uses, how often it is refused, and how long a person waits meanwhile for an answer.
// The emulator keeps to its limits strictly. It, the bot and the network between them have a process each.
// Build first (npm run build), then: npm run bench:pacing [-- seconds name]
import { startChild } from './shared/child.mjs'
import { quantile } from './shared/maths.mjs'
import { versionOf } from './shared/modules.mjs'
import { peerVersions } from './shared/peers.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const [seconds = 20] = process.argv.slice(2).map(Number)
/** Only the rows whose name has this in it. */
const only = process.argv[3] ?? ''
/** Messages of the broadcast that are asked for at the same time, as by a job with so many hands. */
const atOnce = 64
const repliesPerSecond = 3
const jitterMs = 50

const people = 1000
const rows = []
for (const [what, contender, setting] of [
  ['kamihi', 'kamihi', {}],
  ['kamihi, a job', 'kamihiJob', {}],
  ['kamihi, a job, people write', 'kamihiJob', { replies: true }],
  [`kamihi, a job, people write, ${jitterMs} ms of jitter`, 'kamihiJob', { replies: true, jitter: true }],
  ['grammY, transformer-throttler, people write', 'grammyThrottler', { replies: true }],
  ['grammY, auto-retry, people write', 'grammyAutoRetry', { replies: true }],
  ['telegraf, token bucket, people write', 'telegrafBucket', { replies: true }],
  ['kamihi, paid', 'kamihi', { paid: true }],
  ['kamihi, a job, paid, people write', 'kamihiJob', { paid: true, replies: true }],
  ['grammY, transformer-throttler, paid, people write', 'grammyThrottler', { paid: true, replies: true }],
  ['telegraf, token bucket, paid, people write', 'telegrafBucket', { paid: true, replies: true }],
])
  if (what.includes(only)) rows.push({ what, ...(await broadcast(contender, setting)) })

printTable(
  `A broadcast by ${atOnce} hands for ${seconds} s; where people write, ${repliesPerSecond} a second`,
  rows,
)
console.log(
  '\nGoals: 0.95 (aim 0.97) of 30/s, 0.90 of 1000/s, no refusal; a reply waits 100 ms at most for its slot (p99).',
)
printVersions({
  telegraf: versionOf('telegraf', 'core'),
  ...peerVersions('grammy', '@grammyjs/transformer-throttler', '@grammyjs/auto-retry'),
})

async function broadcast(contender, { paid = false, replies = false, jitter = false }) {
  const permitted = paid ? 1000 : 30
  const chats = 1.5 * permitted * (seconds + 1) + 2 * atOnce
  const emulator = startChild('pacing/emulator.mjs', { people, chats })
  const { url, token } = await emulator.next()
  const network = jitter
    ? startChild('pacing/network.mjs', { port: Number(new URL(url).port), jitterMs })
    : null
  const bot = startChild('pacing/broadcast.mjs', {
    contender,
    url: network ? (await network.next()).url : url,
    token,
    paid,
    seconds,
    atOnce,
    people,
    chats,
    repliesPerSecond: replies ? repliesPerSecond : 0,
  })
  await bot.next()
  const { accepted, refused } = await emulator.ask('report')
  const answers = await bot.next()
  for (const child of [bot, network, emulator]) await child?.kill()
  return {
    'permitted/s': permitted,
    'achieved/permitted': (accepted / seconds / permitted).toFixed(3),
    refused,
    'reply waits for its slot, p50 / p99 ms': pair(answers.map(({ waitedMs }) => waitedMs)),
    'reply is answered, p50 / p99 ms': pair(answers.map(({ tookMs }) => tookMs)),
  }
}

function pair(values) {
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0) return null
  return `${quantile(known, 0.5).toFixed(1)} / ${quantile(known, 0.99).toFixed(1)}`
}
