// A bot with nothing to do, in a process of its own: what it does all the same, told after some seconds.
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { childOptions } from '../shared/child.mjs'

const { kind, folder, apiRoot, seconds, settleSeconds } = childOptions()
const timers = countTimers()
const contenders = { kamihi, telegraf, node: () => {} }
await contenders[kind]()
await pause(settleSeconds * 1000)
process.send(await watch())
process.exit()

async function kamihi() {
  const { startBot } = await import('../shared/bot.mjs')
  const { defineAction } = await import('../../packages/core/dist/index.js')
  await startBot({ folder, apiRoot, actions: [defineAction({ name: 'nothing', run: () => null })] })
}

async function telegraf() {
  const { Telegraf } = await import('../shared/modules.mjs')
  const { token } = await import('../shared/botApi.mjs')
  const bot = new Telegraf(token, { telegram: { apiRoot } })
  bot.on('message', () => {})
  void bot.launch()
}

async function watch() {
  const before = { timers: timers.fired(), switches: switches(), cpu: process.cpuUsage() }
  await pause(seconds * 1000)
  const { user, system } = process.cpuUsage(before.cpu)
  return {
    timersPerSecond: (timers.fired() - before.timers) / seconds,
    switchesPerSecond: (switches() - before.switches) / seconds,
    cpuPercent: (user + system) / 1e4 / seconds,
    rss: process.memoryUsage().rss,
  }
}

/** How often the main thread went to sleep and was woken again. */
function switches() {
  const status = readFileSync(`/proc/self/task/${process.pid}/status`, 'utf8')
  return Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)[1])
}

/** Counts callbacks of timers, whoever sets them, before anything else is loaded. */
function countTimers() {
  let fired = 0
  for (const name of ['setTimeout', 'setInterval']) {
    const original = globalThis[name]
    const counted = (work, ...more) => {
      const callback = (...args) => {
        fired += 1
        work(...args)
      }
      return original(callback, ...more)
    }
    globalThis[name] = Object.assign(counted, original)
  }
  return { fired: () => fired }
}
