// A bot in a process of its own, that stops for good at a named point so that it can be killed exactly there.
import { appendFileSync, readFileSync, writeSync } from 'node:fs'
import { ask, createKamihi, defineAction, loadConfig, silentLogger, systemClock } from '../../src/index.ts'
import type { ChildOptions } from './harness.ts'

const options = JSON.parse(process.argv[2] ?? '{}') as ChildOptions
const say = (line: string) => writeSync(1, `${line}\n`)

const faults = {
  at(point: string) {
    if (point !== options.point) return
    say(`at ${point}`)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  },
}
/** Read at each look: the test moves it, also while the bot runs. */
const laterMs = () => Number(readFileSync(options.later, 'utf8'))
const clock = {
  ...systemClock,
  now: () => Date.now() + laterMs(),
  monotonic: () => performance.now() + laterMs(),
}

const called = (what: string) => {
  appendFileSync(options.calls, `${what}\n`)
  return `did ${what}`
}
const { idempotent } = options
const pay = defineAction({ name: 'pay', idempotent, run: () => called('pay') })
const order = defineAction({
  name: 'order',
  idempotent,
  args: { what: ask.string('What?'), size: ask.choice('Which size?', ['small', 'large']) },
  run: ({ args }) => called(`order of ${args.what}, ${args.size}`),
})

const { config } = await loadConfig({ cwd: options.folder, overrides: { db: { url: options.url } } })
const kamihi = await createKamihi({
  config,
  actions: [pay, order],
  clock,
  logger: silentLogger(),
  emulator: options.emulator,
  faults,
})
process.on('SIGTERM', () => void kamihi.stop().then(() => process.exit(0)))
await kamihi.start()
say('started')
