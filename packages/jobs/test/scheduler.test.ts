import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JobSettings, jobDefaults } from '@kamihi/contracts'
import { type Kamihi, loadConfig, silentLogger } from '@kamihi/core'
import { type Change, openStore, type Store } from '@kamihi/store'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createScheduler } from '../src/scheduler.ts'
import { manualClock } from './manualClock.ts'

const minute = 60_000
const start = Date.UTC(2026, 10, 24, 8, 0, 5)
const change: Change = { actor: { kind: 'cli', id: null, name: 'test' }, now: start }
const nextMinute = Date.UTC(2026, 10, 24, 8, 1)

/** A scheduler alone: a real database, the clocks of the machine in hand. */
async function alone(faults: (runs: Store['runs']) => Partial<Store['runs']> = () => ({})) {
  const cwd = mkdtempSync(join(tmpdir(), 'kamihi-scheduler-'))
  const { config } = await loadConfig({
    cwd,
    env: {},
    overrides: { db: { url: `sqlite:///${join(cwd, 'kamihi.db')}` }, jobs: { enabled: true } },
  })
  const opened = await openStore({ url: config.db.url })
  const store = { ...opened, runs: { ...opened.runs, ...faults(opened.runs) } }
  const definition = { commands: [], description: null, argsSchema: null, idempotent: false, error: null }
  await store.actions.sync([{ name: 'report', ...definition }], start)
  const clock = manualClock(start)
  const logged: string[] = []
  const logger = silentLogger()
  const note = (_: object, message: string) => void logged.push(message)
  const kamihi = {
    config,
    store,
    clock,
    health: { isWritable: () => true },
    logger: Object.assign(Object.create(logger), { info: note, warning: note, error: note }),
  } as unknown as Kamihi
  const events = { changed: () => {}, stop: () => {} }
  const scheduler = createScheduler({
    kamihi,
    worker: 'w',
    events: events as unknown as Parameters<typeof createScheduler>[0]['events'],
    onEnqueued: () => {},
    onReplaced: () => {},
  })
  onTestFinished(async () => {
    await scheduler.stop()
    await opened.close()
  })
  const addJob = async (settings: Partial<JobSettings> = {}, nextRunAt: number | null = nextMinute) => {
    const saved = await store.jobs.create(
      {
        ...jobDefaults,
        userIds: [],
        roleIds: [],
        args: {},
        action: 'report',
        cronExpression: '* * * * *',
        ...settings,
      },
      nextRunAt,
      change,
    )
    if (saved.kind !== 'saved') throw new Error(saved.kind)
    return saved.value
  }
  const rows = async () => (await store.runs.list({ sort: 'scheduledFor', limit: 200 })).items
  const times = async () => (await rows()).map((run) => (Date.parse(run.scheduledFor) - nextMinute) / minute)
  return { store, clock, scheduler, logged, addJob, rows, times }
}

/** What every tick leaves behind: a timer for the next one, of at most this long. */
const armed = async ({ clock }: { clock: ReturnType<typeof manualClock> }, ms: number) =>
  expect.poll(clock.nextTimer).toBe(ms)

/** Started, and the first tick is over. */
const begun = async ({ scheduler, store, clock }: Awaited<ReturnType<typeof alone>>) => {
  await scheduler.start()
  await expect.poll(store.scheduler.lastSeenAt).toBe(start)
  await armed({ clock }, 5000)
}

describe('the tick', () => {
  it('comes when the next job is due, and else within 30 seconds', async () => {
    const test = await alone()
    await test.addJob({ cronExpression: '0 9 * * *' }, start + 3600 * 1000)
    await test.scheduler.start()
    // Renewing the lease rings sooner than either.
    await armed(test, 5000)
    const added = await test.addJob({}, start + 2000)
    test.scheduler.nudge()
    await armed(test, 2000)
    test.clock.pass(2000)
    await expect.poll(async () => (await test.rows()).map(({ jobId }) => jobId)).toEqual([added.id])
  })

  it('notices that the machine slept, says for how long, and decides what was due meanwhile', async () => {
    const test = await alone()
    await test.addJob()
    await begun(test)
    test.clock.step(3 * 3_600_000)
    for (let passed = 0; passed < 30_000; passed += 5000) {
      test.clock.pass(5000)
      await armed(test, 5000)
    }
    await expect
      .poll(async () =>
        (await test.rows()).map(({ state, reason, missed }) => [state, reason, missed?.count]),
      )
      .toEqual([
        ['skipped', 'missed', 179],
        ['queued', null, undefined],
      ])
    expect(test.logged.filter((line) => line.includes('ran ahead'))).toHaveLength(1)
  })

  it('repeats nothing when the clock is set back, and delays nothing beyond its true time', async () => {
    const test = await alone()
    await test.addJob({ overlap: 'allow' })
    await test.scheduler.start()
    const pass = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 5000) {
        test.clock.pass(5000)
        await armed(test, 5000)
      }
    }
    await pass(2 * minute)
    await expect.poll(test.times).toEqual([0, 1])
    test.clock.step(-2 * minute)
    await pass(2 * minute)
    expect(await test.times()).toEqual([0, 1])
    await expect.poll(() => test.logged.filter((line) => line.includes('set back'))).toHaveLength(1)
    await pass(minute)
    await expect.poll(test.times).toEqual([0, 1, 2])
  })
})

describe('hundreds of jobs that are due in the same second', () => {
  it('are each written once, some at a time, and the loop goes on between', async () => {
    const batches: number[] = []
    let turns = 0
    const test = await alone((runs) => ({
      enqueueScheduledMany(inputs) {
        batches.push(turns)
        expect(inputs.length).toBeLessThanOrEqual(50)
        return runs.enqueueScheduledMany(inputs)
      },
    }))
    for (let n = 0; n < 300; n += 1) await test.addJob()
    await begun(test)
    const turn = () => {
      turns += 1
      if (batches.length < 6) setImmediate(turn)
    }
    setImmediate(turn)
    test.clock.pass(nextMinute - start)
    await expect.poll(async () => (await test.store.runs.list({})).total).toBe(300)
    expect(batches).toHaveLength(6)
    expect(new Set(batches).size).toBe(6)
    expect(await test.store.jobs.earliestDue()).toBe(nextMinute + minute)
  })

  it('hold back what would begin meanwhile, for five seconds at most', async () => {
    const heldBack: boolean[] = []
    const test = await alone((runs) => ({
      enqueueScheduledMany(inputs) {
        heldBack.push(test.scheduler.isCatchingUp())
        // The fourth batch comes late.
        if (heldBack.length === 3) test.clock.pass(5000)
        return runs.enqueueScheduledMany(inputs)
      },
    }))
    for (let n = 0; n < 220; n += 1) await test.addJob()
    await begun(test)
    test.clock.pass(nextMinute - start)
    await expect.poll(async () => (await test.store.runs.list({})).total).toBe(220)
    expect(heldBack).toEqual([true, true, true, false, false])
    await expect.poll(() => test.scheduler.isCatchingUp()).toBe(false)
  })

  it('are written but for the one that cannot be', async () => {
    let bad = ''
    const test = await alone((runs) => ({
      async enqueueScheduledMany(inputs) {
        if (inputs.some(({ jobId }) => jobId === bad)) throw new Error('constraint failed')
        return runs.enqueueScheduledMany(inputs)
      },
      async enqueueScheduled(input) {
        if (input.jobId === bad) throw new Error('constraint failed')
        return runs.enqueueScheduled(input)
      },
    }))
    const jobs = [await test.addJob(), await test.addJob(), await test.addJob()]
    bad = jobs[1]?.id ?? ''
    await begun(test)
    test.clock.pass(nextMinute - start)
    await expect
      .poll(async () => (await test.rows()).map(({ jobId }) => jobId).sort())
      .toEqual([jobs[0]?.id, jobs[2]?.id].sort())
    expect(test.logged).toContain('The runs of a job could not be written')
  })
})

describe('a database that fails for a while', () => {
  it('delays what is due and loses none of it', async () => {
    let broken = true
    const test = await alone((runs) => ({
      async enqueueScheduledMany(inputs) {
        if (broken) throw new Error('busy')
        return runs.enqueueScheduledMany(inputs)
      },
      async enqueueScheduled(input) {
        if (broken) throw new Error('busy')
        return runs.enqueueScheduled(input)
      },
    }))
    await test.addJob()
    await begun(test)
    test.clock.pass(nextMinute - start)
    await armed(test, 1000)
    expect(await test.rows()).toEqual([])
    broken = false
    test.clock.pass(1000)
    await expect.poll(test.times).toEqual([0])
  })
})

describe('a scheduler', () => {
  it('writes down when it was at work', async () => {
    const test = await alone()
    await begun(test)
    for (let n = 0; n < 12; n += 1) {
      test.clock.pass(5000)
      await armed(test, 5000)
    }
    await test.scheduler.stop()
    const spans = await test.store.scheduler.spans(0, start * 2)
    expect(spans).toEqual([
      { worker: 'w', startedAt: start, lastSeenAt: start + minute, endedAt: start + minute },
    ])
  })

  it('places a job that has no next time, and leaves what is due to the tick when the zone of the settings changed', async () => {
    const test = await alone()
    const [fresh, due] = [await test.addJob({}, null), await test.addJob({}, start - 5000)]
    await test.store.settings.set('scheduler.timezone', 'Europe/Madrid')
    await test.scheduler.start()
    await expect.poll(async () => (await test.store.jobs.get(fresh.id))?.nextRunAt).toBe(nextMinute)
    await expect.poll(async () => (await test.rows()).map(({ jobId }) => jobId)).toEqual([due.id])
  })
})
