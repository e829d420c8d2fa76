// How fast a run is delivered, next to the same messages sent by telegraf in a bare loop, on the same server in the same process.
// Build first (npm run build), then: node bench/deliveries.mjs [people]
import { createRequire } from 'node:module'
import { defineAction } from '../packages/cli/dist/index.js'
import { startTestBot } from '../packages/cli/dist/testing.js'

const { Telegraf } = createRequire(new URL('../packages/core/package.json', import.meta.url))('telegraf')
const people = Number(process.argv[2] ?? 500)
const atOnce = 16
const report = defineAction({ name: 'report', run: ({ user }) => `Report for ${user?.name}` })

const bot = await startTestBot({ actions: [report], config: { db: { synchronous: 'full' } } })
const users = []
for (let n = 0; n < people; n += 1) users.push((await bot.user({ name: `User ${n}` })).telegramId)
const job = await bot.job({ action: 'report', cronExpression: '0 0 1 1 *', perUser: true, users })

const durable = await seconds(() => bot.run(job))
const bare = await seconds(bareLoop)
console.log(`${people} people, ${atOnce} at once`)
console.log(`kamihi, durable   ${rate(durable)} messages/s`)
console.log(`telegraf, bare    ${rate(bare)} messages/s`)
console.log(`ratio             ${(bare / durable).toFixed(2)}`)
await bot.stop()

async function bareLoop() {
  const { telegram } = new Telegraf(bot.emulator.token, { telegram: { apiRoot: bot.emulator.url } })
  const left = [...users]
  const hand = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop())
      await telegram.sendMessage(id, `Report for ${id}`)
  }
  await Promise.all(Array.from({ length: atOnce }, hand))
}

async function seconds(work) {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

function rate(took) {
  return Math.round(people / took)
    .toString()
    .padStart(6)
}
