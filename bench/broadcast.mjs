// P6: one run for many people. How much the heap of the bot grows, how soon the first message arrives, and that a run whose process is
// killed at half goes on to the end with every message there. The bot and the Bot API have a process each.
// Build first (npm run build), then: npm run bench:broadcast [-- people]
import { setTimeout as pause } from 'node:timers/promises'
import { startBotApi } from './shared/botApi.mjs'
import { startChild } from './shared/child.mjs'
import { temporaryFolder } from './shared/cleanUp.mjs'
import { exponent, mebibytes } from './shared/maths.mjs'
import { versionOf } from './shared/modules.mjs'
import { seedPeople, withDatabase } from './shared/seed.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const [most = 100_000] = process.argv.slice(2).map(Number)
const api = await startBotApi()

const small = [await broadcast({ people: most / 100 }), await broadcast({ people: most / 10 })]
const large = await broadcast({ people: most, end: 'killed at half' })
const perUser = await broadcast({ people: most, perUser: true, end: 'the first tenth' })

printTable('One run for many people, without a limit of sending', [...small, large, perUser].map(asRow))
const growth = (key) => exponent([...small, large].map((row) => [row.people, row[key]])).toFixed(2)
console.log(
  `\nGrowth with the number of people: heap n^${growth('heapGrowth')}, first message n^${growth('firstMs')}.`,
)
console.log(
  `Killed at ${large.killedAfter} messages: ${large.messages} arrived in ${large.chats} chats, ${large.again} of them twice; ${large.flagged} deliveries say that they may be there twice.`,
)
console.log('Goals at 100 000: heap ≤ 40 MiB, first message within 1 s, the run goes on after a kill.')
printVersions({
  telegraf: versionOf('telegraf', 'core'),
  'better-sqlite3': versionOf('better-sqlite3', 'store'),
})
await api.stop()

async function broadcast({ people, perUser = false, end = 'the end' }) {
  const folder = temporaryFolder('broadcast')
  await seedPeople(folder, people)
  await api.reset()
  const bot = await start(folder, perUser)
  const { runId, beganAt } = await bot.ask({ kind: 'run' })
  const firstMs = (await firstMessage()) - beganAt
  const row = { people, perUser, end, firstMs }
  if (end === 'the end') return { ...row, ...(await finish(bot, folder, runId, beganAt, people)) }
  const half = end === 'killed at half'
  const reached = await messagesReach(people * (half ? 0.5 : 0.1))
  const memory = await bot.ask({ kind: 'memory' })
  const soFar = { ...memory, perSecond: (reached / (Date.now() - beganAt)) * 1000 }
  await bot.kill('SIGKILL')
  if (!half) return { ...row, ...soFar }
  const killedAfter = (await api.report()).messages
  const restartedAt = Date.now()
  const next = await start(folder, perUser)
  await messagesReach(killedAfter + 1)
  const resumedMs = Date.now() - restartedAt
  const ended = await finish(next, folder, runId, beganAt, people)
  const heapGrowth = Math.max(memory.heapGrowth, ended.heapGrowth)
  return { ...row, ...ended, ...soFar, heapGrowth, killedAfter, resumedMs }
}

async function finish(bot, folder, runId, beganAt, people) {
  const { state, sent, endedAt } = await bot.ask({ kind: 'finish', runId })
  const memory = await bot.ask({ kind: 'memory' })
  bot.send({ kind: 'stop' })
  await bot.ended
  const { messages, chats, again } = await api.report()
  if (state !== 'completed' || sent !== people || chats !== people)
    throw new Error(`${people} people: the run is ${state}, ${sent} sent, ${chats} chats reached`)
  const perSecond = (people / (endedAt - beganAt)) * 1000
  return { ...memory, messages, chats, again, flagged: flaggedIn(folder), perSecond }
}

async function start(folder, perUser) {
  const bot = startChild(
    'broadcast/bot.mjs',
    { folder, apiRoot: api.url, perUser },
    { execArgv: ['--expose-gc'] },
  )
  await bot.next()
  return bot
}

async function firstMessage() {
  for (;;) {
    const { firstAt } = await api.report()
    if (firstAt !== null) return firstAt
    await pause(10)
  }
}

async function messagesReach(count) {
  for (;;) {
    const { messages } = await api.report()
    if (messages >= count) return messages
    await pause(20)
  }
}

function flaggedIn(folder) {
  const count = 'select count(*) from deliveries where possibly_duplicated = 1'
  return withDatabase(folder, (db) => db.prepare(count).pluck().get())
}

function asRow(row) {
  return {
    run: `${row.people} people, the action ${row.perUser ? 'for each' : 'once'}, ${row.end}`,
    'heap growth MiB': mebibytes(row.heapGrowth),
    'RSS growth MiB': Math.round(mebibytes(row.rssGrowth)),
    'first message ms': row.firstMs,
    'messages/s': Math.round(row.perSecond),
    messages: row.messages,
    twice: row.again,
    'said so': row.flagged,
    'goes on after ms': row.resumedMs,
  }
}
