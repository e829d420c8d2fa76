// P7: how fast a run is delivered, every step of it on disk, next to the same messages sent by a pool without any queue and by BullMQ.
// The Bot API answers after 20 ms. Build first (npm run build), then: npm run bench:delivery [-- people rounds]
import { defineAction } from '../packages/core/dist/index.js'
import { change, runToEnd, startBot } from './shared/bot.mjs'
import { startBotApi, token } from './shared/botApi.mjs'
import { temporaryFolder } from './shared/cleanUp.mjs'
import { commitsSoFar } from './shared/commits.mjs'
import { median, timed } from './shared/maths.mjs'
import { Telegram, versionOf } from './shared/modules.mjs'
import { peers, peerVersions } from './shared/peers.mjs'
import { startRedis } from './shared/redis.mjs'
import { seedPeople } from './shared/seed.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const [people = 5000, rounds = 3] = process.argv.slice(2).map(Number)
const atOnce = 64
const latencyMs = 20

const { Queue, Worker } = peers()('bullmq')
const api = await startBotApi({ latencyMs })
const telegram = new Telegram(token, { apiRoot: api.url })
const chats = Array.from({ length: people }, (_, n) => 1_000_000 + n)
const textFor = (name) => `Report for ${name}: all is well`

const each = await prepareKamihi('each', true)
const forAll = await prepareKamihi('all', false)
const everysec = await prepareBullmq('everysec')
const always = await prepareBullmq('always')
const contenders = [
  { name: `telegraf, a pool of ${atOnce} and no queue`, send: pool, times: [] },
  { name: 'kamihi, one text for all', send: forAll.send, times: [] },
  { name: 'kamihi, its action run for each', send: each.send, times: [] },
  { name: `BullMQ, concurrency ${atOnce}, appendfsync everysec`, send: everysec.send, times: [] },
  { name: `BullMQ, concurrency ${atOnce}, appendfsync always`, send: always.send, times: [] },
]
// By turns, so that a noisy moment of the machine is nobody's alone. The first round warms up.
for (let round = 0; round <= rounds; round += 1) {
  for (const { name, send, times } of contenders) {
    await api.reset()
    const commits = commitsSoFar()
    const { ms, cpuMs } = await timed(send)
    const { chats: reached, again, mostAtOnce } = await api.report()
    if (reached !== people || again > 0) throw new Error(`${name}: ${reached} chats, ${again} messages twice`)
    if (round > 0) times.push({ ms, cpuMs, commits: commitsSoFar() - commits, mostAtOnce })
  }
}
const middle = (times, key) => median(times.map((time) => time[key]))
const [bare] = contenders
printTable(
  `Delivery of ${people} messages, the Bot API answers after ${latencyMs} ms`,
  contenders.map(({ name, times }) => ({
    what: name,
    'messages/s': Math.round((people / middle(times, 'ms')) * 1000),
    'ratio to the pool': middle(bare.times, 'ms') / middle(times, 'ms'),
    'CPU µs a message': Math.round((middle(times, 'cpuMs') * 1000) / people),
    'most in the air': middle(times, 'mostAtOnce'),
    'commits a message': name.startsWith('kamihi') ? middle(times, 'commits') / people : null,
  })),
)
const ratio = (kamihi, other) => (middle(other.times, 'ms') / middle(kamihi.times, 'ms')).toFixed(2)
for (const kamihi of contenders.slice(1, 3))
  console.log(
    `\n${kamihi.name}: ${ratio(kamihi, bare)}× the pool (goal 0.9), ${ratio(kamihi, contenders[3])}× BullMQ with everysec (goal 1.2), ${ratio(kamihi, contenders[4])}× with always.`,
  )
printVersions({
  telegraf: versionOf('telegraf', 'core'),
  'better-sqlite3': versionOf('better-sqlite3', 'store'),
  ...peerVersions('bullmq', 'ioredis'),
  Redis: everysec.version,
})
for (const contender of [each, forAll, everysec, always]) await contender.stop()
await api.stop()

async function pool() {
  const left = [...chats]
  const hand = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) await telegram.sendMessage(id, textFor(id))
  }
  await Promise.all(Array.from({ length: atOnce }, hand))
}

async function prepareKamihi(name, perUser) {
  const folder = temporaryFolder(`delivery-${name}`)
  const report = defineAction({ name: 'report', run: ({ user }) => textFor(user?.name) })
  const roleId = await seedPeople(folder, people)
  const bot = await startBot({ folder, apiRoot: api.url, actions: [report] })
  const settings = { action: 'report', cronExpression: '0 0 1 1 *', perUser, roleIds: [roleId] }
  const saved = await bot.jobs.create(settings, change())
  return { send: () => runToEnd(bot, saved.value.id), stop: () => bot.kamihi.stop() }
}

async function prepareBullmq(appendfsync) {
  const redis = await startRedis(appendfsync)
  const queue = new Queue('reports', { connection: redis.connection })
  let left = 0
  let done = () => {}
  const send = ({ data }) => telegram.sendMessage(data.id, textFor(data.id))
  const worker = new Worker('reports', send, { connection: redis.connection, concurrency: atOnce })
  worker.on('completed', () => {
    left -= 1
    if (left === 0) done()
  })
  await worker.waitUntilReady()
  return {
    version: redis.version,
    async send() {
      left = people
      const ended = new Promise((resolve) => {
        done = resolve
      })
      for (let from = 0; from < people; from += 1000)
        await queue.addBulk(chats.slice(from, from + 1000).map((id) => ({ name: 'report', data: { id } })))
      await ended
    },
    async stop() {
      await worker.close()
      await queue.close()
      redis.stop()
    },
  }
}
