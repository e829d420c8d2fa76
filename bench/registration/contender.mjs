// One scheduler in a process of its own: registers jobs and tells how long that took and how much heap they take.
import { childOptions } from '../shared/child.mjs'
import { peers } from '../shared/peers.mjs'

const { kind, patterns, jobs: count, folder } = childOptions()

const registrations = { kamihi, croner, 'node-cron': nodeCron }
const measured = await registrations[kind]()
process.send(measured)

/** A bot starts on a database full of jobs. */
async function kamihi() {
  const { prepareBot } = await import('../shared/bot.mjs')
  const { defineAction } = await import('../../packages/core/dist/index.js')
  const actions = [defineAction({ name: 'nothing', run: () => null })]
  const { kamihi: bot, jobs } = await prepareBot({ folder, apiRoot: 'http://127.0.0.1:9', actions })
  const signal = new AbortController().signal
  const figures = await measure(() => jobs.start())
  await jobs.stop(signal)
  await bot.store.close()
  return figures
}

async function croner() {
  const { Cron } = peers()('croner')
  const kept = []
  return measure(() => {
    for (const pattern of inTurn()) kept.push(new Cron(pattern, { timezone: 'UTC', unref: true }, () => {}))
  })
}

async function nodeCron() {
  const cron = peers()('node-cron')
  return measure(() => {
    for (const pattern of inTurn())
      cron.schedule(pattern, () => {}, { timezone: 'UTC', suppressMissedWarning: true })
  })
}

function* inTurn() {
  for (let n = 0; n < count; n += 1) yield patterns[n % patterns.length]
}

/** What `register` took, and what stayed in memory after it. */
async function measure(register) {
  globalThis.gc()
  const before = process.memoryUsage().heapUsed
  const began = performance.now()
  await register()
  const ms = performance.now() - began
  globalThis.gc()
  return { ms, bytes: process.memoryUsage().heapUsed - before }
}
