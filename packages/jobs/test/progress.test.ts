import type { LiveEvent } from '@kamihi/contracts'
import { createEvents, defineAction, type Kamihi } from '@kamihi/core'
import type { RunStanding } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { createProgress } from '../src/progress.ts'
import { createRunEvents } from '../src/runEvents.ts'
import { createPerUserJob, runNow, startTestBot } from './bot.ts'
import { type ManualClock, manualClock } from './manualClock.ts'
import { runLike } from './runLike.ts'

const second = 1000

function follow(state: () => string = () => 'connected') {
  const clock = manualClock(Date.UTC(2026, 10, 24))
  const progress = createProgress({
    clock,
    config: { telegram: { rate: { global: 30 } } },
    telegram: { state: () => ({ state: state() }) },
  } as unknown as Kamihi)
  return { clock, progress }
}
const standing = (sent: number, more: Partial<RunStanding> = {}): RunStanding => ({
  id: 'run-1',
  jobId: 'job-1',
  state: 'running',
  counts: { ...runLike({}).counts, total: 1000, sent, pending: 1000 - sent },
  finishedAt: null,
  ...more,
})
/** So many a second, told of one by one. */
function send(
  clock: ManualClock,
  note: (run: RunStanding) => void,
  from: number,
  seconds: number,
  rate: number,
): number {
  let sent = from
  for (let n = 0; n < seconds * rate; n += 1) {
    clock.pass(second / rate)
    sent += 1
    note(standing(sent))
  }
  return sent
}

describe('the progress of a run', () => {
  it('is measured from what is told of it, over the last thirty seconds', () => {
    const { clock, progress } = follow()
    progress.note(standing(0))
    expect(progress.of(standing(0))).toBeNull()
    let sent = send(clock, progress.note, 0, 4, 20)
    expect(progress.of(standing(sent))).toEqual({ perSecond: 20, etaSeconds: null })
    sent = send(clock, progress.note, sent, 26, 20)
    expect(progress.of(standing(sent))).toEqual({ perSecond: 20, etaSeconds: 20 })
    sent = send(clock, progress.note, sent, 31, 10)
    expect(progress.of(standing(sent))?.perSecond).toBeCloseTo(10, 0)
  })

  it('begins anew after a pause, and is none while it is paused and after the end', () => {
    const { clock, progress } = follow()
    progress.note(standing(0))
    const sent = send(clock, progress.note, 0, 10, 20)
    progress.note(standing(sent, { state: 'paused' }))
    expect(progress.of(standing(sent, { state: 'paused' }))).toBeNull()
    clock.pass(60 * second)
    progress.note(standing(sent))
    expect(progress.of(standing(sent))).toBeNull()
    const after = send(clock, progress.note, sent, 10, 5)
    expect(progress.of(standing(after))).toEqual({ perSecond: 5, etaSeconds: 150 })
    progress.note(standing(1000, { state: 'completed' }))
    expect(progress.of(standing(1000))).toBeNull()
  })

  it('foretells nothing while Telegram does not answer', () => {
    let state = 'connected'
    const { clock, progress } = follow(() => state)
    progress.note(standing(0))
    const sent = send(clock, progress.note, 0, 10, 20)
    expect(progress.of(standing(sent))?.etaSeconds).toBe(40)
    state = 'unreachable'
    expect(progress.of(standing(sent))).toEqual({ perSecond: 20, etaSeconds: null })
  })

  it('goes with the live events, of which there are four a second however fast it goes, and by one timer', () => {
    const { clock, progress } = follow()
    const heard: LiveEvent[] = []
    const events = createEvents()
    events.on((event) => heard.push(event))
    const runEvents = createRunEvents(events, clock, progress)
    const started = clock.now()
    send(clock, runEvents.changed, 0, 10, 100)
    const seconds = (clock.now() - started) / second
    expect(heard.length).toBeLessThanOrEqual(4 * seconds + 1)
    expect(heard.length).toBeGreaterThan(3 * seconds)
    expect(heard.at(-1)).toMatchObject({
      type: 'run.changed',
      progress: { perSecond: 100, etaSeconds: expect.any(Number) },
    })
    runEvents.changed(standing(1000, { state: 'completed', finishedAt: new Date(clock.now()).toISOString() }))
    expect(heard.at(-1)).toMatchObject({ state: 'completed', progress: null })
  })

  it('is known of a run that is at work, in the process that asks for it again and again', async () => {
    const report = defineAction({ name: 'report', run: () => 'hi' })
    const bot = await startTestBot([report], {
      people: 60,
      overrides: { jobs: { enabled: true }, telegram: { rate: { global: 15, perChat: 100 } } },
    })
    const job = await createPerUserJob(bot, 'report')
    const { id } = await runNow(bot, job.id)
    const asked = async () => {
      const run = await bot.store.runs.get(id)
      return run && bot.jobs.progressOf(run)
    }
    await expect.poll(asked).toMatchObject({ perSecond: expect.any(Number) })
    expect(bot.jobs.progressOf(await bot.ended(id))).toBeNull()
  })
})
