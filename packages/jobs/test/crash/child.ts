// A bot in a process of its own, that stops for good at a named point so that it can be killed exactly there.
import { appendFileSync, existsSync, readFileSync, writeSync } from 'node:fs'
import { createKamihi, defineAction, loadConfig, silentLogger, systemClock } from '@kamihi/core'
import { createJobs } from '../../src/index.ts'
import type { ChildOptions } from './harness.ts'

const options = JSON.parse(process.argv[2] ?? '{}') as ChildOptions
const say = (line: string) => writeSync(1, `${line}\n`)

let left = options.nth
const faults = {
  at(point: string) {
    if (point !== options.point || --left > 0) return
    say(`at ${point}`)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  },
}
/** Time that the test moves: a process that was stopped for minutes, or one that begins when the leases of another have ended. */
let later = { ms: 0, readAt: Number.NEGATIVE_INFINITY }
const laterMs = (): number => {
  if (performance.now() - later.readAt > 10)
    later = { ms: Number(readFileSync(options.later, 'utf8')), readAt: performance.now() }
  return later.ms
}
const clock = {
  ...systemClock,
  now: () => Date.now() + laterMs(),
  monotonic: () => performance.now() + laterMs(),
}

const report = defineAction({
  name: 'report',
  idempotent: options.idempotent,
  run({ user }) {
    appendFileSync(options.calls, `${user?.name ?? 'all'}\n`)
    if (options.blockedUntil && user?.name === 'User 1') while (!existsSync(options.blockedUntil));
    return Array.from({ length: options.parts }, (_, part) => `${user?.name ?? 'all'}, part ${part + 1}`)
  },
})

const { config } = await loadConfig({
  cwd: options.folder,
  overrides: {
    db: { url: options.url },
    jobs: { enabled: true },
    telegram: { rate: { global: 1000, perChat: 1000 } },
  },
})
const { apiRoot, token, pageUrl } = options.emulator
const emulator = { apiRoot, token, pageUrl }
const kamihi = await createKamihi({
  config,
  actions: [report],
  clock,
  logger: {
    ...silentLogger(),
    warning: (fields, message) => say(`warning: ${message} ${JSON.stringify(fields)}`),
  },
  emulator,
  faults,
})
const jobs = createJobs({ kamihi, faults })
kamihi.use(jobs)
process.on('SIGTERM', () => void kamihi.stop().then(() => process.exit(0)))
if (options.cancelsAfterFirst) {
  kamihi.events.on((event) => {
    if (event.type !== 'run.changed' || event.counts.sent === 0) return
    const change = { actor: { kind: 'cli', id: null, name: 'test' } as const, now: clock.now() }
    void jobs.cancel(event.runId, change)
  })
}
await kamihi.start()
say('started')
