import { describe, expect, it, onTestFinished } from 'vitest'
import { createRunningActions } from '../src/actions/running.ts'
import { defineAction, type Logger, silentLogger, systemClock } from '../src/index.ts'
import { watchStalls } from '../src/stalls.ts'
import { startTestBot } from './bot.ts'
import { handClock } from './handClock.ts'

/** A logger that keeps what it is warned of. */
function keepsWarnings() {
  const warnings: { lateMs: number; actions: string[] }[] = []
  const warning = (fields: object | string) => void warnings.push(fields as (typeof warnings)[number])
  return { warnings, logger: { ...silentLogger(), warning } as Logger }
}

/** Computes without ever waiting. */
function compute(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

const computesLong = () => {
  compute(2500)
  return 'done'
}

describe('an action that computes without waiting', () => {
  it('is named when everything stood still for more than a second, also when it has ended since', async () => {
    const { warnings, logger } = keepsWarnings()
    const running = createRunningActions()
    const watch = watchStalls({ clock: systemClock, logger, running })
    watch.start()
    onTestFinished(watch.stop)
    void running.track('waits', () => new Promise(() => {}))
    await running.track('computes', () => compute(2500))
    await expect.poll(() => warnings).toHaveLength(1)
    expect(warnings[0]?.lateMs).toBeGreaterThan(1000)
    expect(warnings[0]?.actions).toEqual(['computes', 'waits'])
  })

  it('is named in the log of a bot', async () => {
    const { warnings, logger } = keepsWarnings()
    const bot = await startTestBot([defineAction({ name: 'slow', run: computesLong })], {}, { logger })
    expect(await bot.say(7, '/slow')).toBe('done')
    await expect.poll(() => warnings.flatMap(({ actions }) => actions ?? [])).toContain('slow')
  })
})

describe('a beat that comes in time', () => {
  it('is not told of, nor are actions of the time before it', async () => {
    const { warnings, logger } = keepsWarnings()
    const clock = handClock()
    const running = createRunningActions()
    let lateMs = 0
    const late = { ...clock, monotonic: () => clock.monotonic() + lateMs }
    const watch = watchStalls({ clock: late, logger, running })
    watch.start()
    await running.track('earlier', () => 'done')
    clock.pass(1000)
    lateMs = 900
    clock.pass(1000)
    expect(warnings).toEqual([])
    lateMs = 2000
    clock.pass(1000)
    expect(warnings).toEqual([{ lateMs: 1100, actions: [] }])
    watch.stop()
    clock.pass(10_000)
    expect(warnings).toHaveLength(1)
  })
})
