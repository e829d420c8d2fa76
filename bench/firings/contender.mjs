// One scheduler in a process of its own, with many jobs due in the same second: how late each fires and how long the loop stands still.
import { setTimeout as pause } from 'node:timers/promises'
import { childOptions } from '../shared/child.mjs'
import { peers } from '../shared/peers.mjs'

const { kind, jobs: count, at, pattern, folder, apiRoot } = childOptions()
/** Whoever has not fired by then has dropped it. */
const patienceMs = 40_000

const contenders = { kamihi, croner, 'node-cron': nodeCron }
process.send(await contenders[kind]())

async function kamihi() {
  const { startBot } = await import('../shared/bot.mjs')
  const { withDatabase } = await import('../shared/seed.mjs')
  const { defineAction } = await import('../../packages/core/dist/index.js')
  const actions = [defineAction({ name: 'nothing', run: () => null })]
  const bot = await startBot({ folder, apiRoot, actions, jobsConfig: { allowSeconds: true } })
  const { store } = bot.kamihi
  const figures = await watch(async () => ((await store.jobs.earliestDue()) ?? at) > at)
  const runs = (what) =>
    withDatabase(folder, (db) =>
      db.prepare(`select ${what} from runs where scheduled_for = ?`).pluck().all(at),
    )
  const lateMs = runs('created_at').map((created) => created - at)
  const isEnded = async () => runs('count(finished_at)')[0] >= count
  const endedMs = (await until(isEnded)) ? Date.now() - at : null
  await bot.kamihi.stop()
  return { ...figures, lateMs, endedMs }
}

async function croner() {
  const { Cron } = peers()('croner')
  return timers((fire) => void new Cron(pattern, { timezone: 'UTC' }, fire))
}

async function nodeCron() {
  const cron = peers()('node-cron')
  return timers((fire) => void cron.schedule(pattern, fire, { timezone: 'UTC', suppressMissedWarning: true }))
}

async function timers(register) {
  const lateMs = []
  for (let n = 0; n < count; n += 1) register(() => lateMs.push(Date.now() - at))
  const figures = await watch(async () => lateMs.length >= count)
  return { ...figures, lateMs }
}

/** Watches the loop from just before the second until all have fired. */
async function watch(isDone) {
  const isReady = Date.now() < at - 500
  await pause(at - 300 - Date.now())
  const turns = watchTurns()
  await pause(at - Date.now())
  await until(isDone)
  return { isReady, blockedMs: turns.longest() }
}

/** The longest time from one turn of the loop to the next, the one that has not ended included (a histogram of Node leaves that out). */
function watchTurns() {
  let longest = 0
  let last = performance.now()
  const turn = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  const timer = setInterval(turn, 1)
  return {
    longest() {
      clearInterval(timer)
      turn()
      return longest
    },
  }
}

async function until(isSo) {
  while (Date.now() < at + patienceMs) {
    await pause(100)
    if (await isSo()) return true
  }
  return false
}
