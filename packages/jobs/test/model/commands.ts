import type { JobSettings } from '@kamihi/contracts'
import fc from 'fast-check'
import { expect } from 'vitest'
import { decideDue } from '../../src/decide/due.ts'
import { holdsOf } from '../../src/decide/holds.ts'
import { resumeJob } from '../../src/pause.ts'
import { occursAt } from '../../src/planner.ts'
import { nextRunAt } from '../../src/schedule/times.ts'
import { skipOccurrence } from '../../src/skip.ts'
import { decide, forgetSkips, passOver, place, type RefJob, write } from './reference.ts'
import { changeAt, compare, type Model, type Real, scheduleOf, syncAction } from './system.ts'

type Command = fc.AsyncCommand<Model, Real>

/** One thing that happens, checked against the reference when it has. */
function command(name: string, run: (model: Model, real: Real) => Promise<unknown>): Command {
  return {
    check: () => true,
    toString: () => name,
    async run(model, real) {
      await run(model, real)
      await compare(model, real)
    },
  }
}

const jobOf = (model: Model, index: number) => model.jobs[index % model.jobs.length] as RefJob
/** Pauses of the scheduler, the one that is not over until now. */
const pausesOf = ({ pauses, pausedAt, now }: Model) =>
  pausedAt === null ? pauses : [...pauses, { at: pausedAt, until: now }]

/** One process looks what is due and decides. It may die, or another be faster, before that is written. */
const look = (process: number) =>
  command(`process ${process} looks`, async (model, real) => {
    const { store } = real
    const pauses = await store.scheduler.pauses()
    expect(pauses.current !== null).toBe(model.pausedAt !== null)
    // A scheduler that is paused decides nothing; what it decided before that is refused when it is written.
    if (pauses.current) return
    const holds = holdsOf({ pausedAt: null, pausedBy: null, pauseReason: null }, pauses, model.now)
    const due = await store.jobs.listDue(model.now, 10)
    const expected = model.jobs.flatMap(
      (job) => decide(job, model.pauses, model.actionLoaded, model.now) ?? [],
    )
    expect(due.map(({ id }) => id).sort()).toEqual(expected.map(({ job }) => job.id).sort())
    model.decided[process] = due.flatMap(({ id }) => expected.find(({ job }) => job.id === id) ?? [])
    real.decided[process] = due.map((job) => {
      const decision = decideDue({ ...job, schedule: scheduleOf(job), now: model.now }, holds)
      return { jobId: job.id, expectedNextRunAt: job.nextRunAt, now: model.now, ...decision }
    })
  })

const writeDecided = (process: number) =>
  command(`process ${process} writes`, async (model, { store, decided }) => {
    const inputs = (decided[process] ?? []).map((input) => ({ ...input, now: model.now }))
    const outcomes = await store.runs.enqueueScheduledMany(inputs)
    const expected = (model.decided[process] ?? []).map(
      (decision) => model.pausedAt === null && write(decision, model.now),
    )
    expect(outcomes.map(({ kind }) => kind === 'enqueued')).toEqual(expected)
  })

export const tick = async (model: Model, real: Real): Promise<void> => {
  await look(0).run(model, real)
  await writeDecided(0).run(model, real)
}

/** Whatever runs is done, so that the next one may run too. */
const finish = () =>
  command('runs end', async ({ now }, { store }) => {
    for (const { run } of await store.runs.claim({ worker: 'w', until: now + 15_000 }, 20, now)) {
      await store.runs.writeAudience(run.id, 'w', now)
      await store.runs.actionReturned(run.id, 'w', [], now)
    }
  })

const edit = (index: number, patch: Partial<JobSettings>) =>
  command(`edit job ${index} ${JSON.stringify(patch)}`, async (model, { editing }) => {
    const { now } = model
    const job = jobOf(model, index)
    const saved = await editing.update(job.id, job.version, patch, changeAt(now))
    expect(saved.kind).toBe(job.archived ? 'not_found' : 'saved')
    if (job.archived) return
    const before = job.settings
    const settings = { ...before, ...patch }
    const schedule = scheduleOf(settings)
    const isSame = before.cronExpression === settings.cronExpression && before.timezone === settings.timezone
    const staysPut = isSame && before.enabled && settings.enabled && job.cursor !== null
    if (!staysPut) {
      passOver(job, pausesOf(model), now)
      forgetSkips(job, now)
      for (const at of job.skips) if (!occursAt(schedule, at)) job.skips.delete(at)
    }
    Object.assign(job, { settings, schedule, version: job.version + 1 })
    if (!staysPut) place(job, settings.enabled ? nextRunAt(schedule, now) : null)
  })

const archive = (index: number) =>
  command(`archive job ${index}`, async (model, { editing }) => {
    const job = jobOf(model, index)
    expect(await editing.archive(job.id, changeAt(model.now))).toBe(!job.archived)
    if (!job.archived) passOver(job, pausesOf(model), model.now)
    Object.assign(job, { archived: true, cursor: null })
  })

const pause = (index: number) =>
  command(`pause job ${index}`, async (model, { store }) => {
    const job = jobOf(model, index)
    const { kind } = await store.jobs.pause(job.id, { reason: null }, changeAt(model.now))
    expect(kind).toBe(job.archived ? 'not_found' : job.pausedAt === null ? 'paused' : 'already_paused')
    if (kind === 'paused') job.pausedAt = model.now
  })

export const resume = (index: number) =>
  command(`resume job ${index}`, async (model, { kamihi }) => {
    const { now } = model
    const job = jobOf(model, index)
    const { kind } = await resumeJob(kamihi, job.id, changeAt(now))
    expect(kind).toBe(job.archived ? 'not_found' : job.pausedAt === null ? 'not_paused' : 'resumed')
    if (kind !== 'resumed') return
    passOver(job, pausesOf(model), now)
    job.pausedAt = null
    if (!job.settings.enabled) return place(job, null)
    const stays = job.cursor !== null && job.cursor > now && occursAt(job.schedule, job.cursor)
    if (!stays) place(job, nextRunAt(job.schedule, now))
  })

const pauseAll = () =>
  command('pause all', async (model, { store }) => {
    const { kind } = await store.scheduler.pause({ reason: null }, changeAt(model.now))
    expect(kind).toBe(model.pausedAt === null ? 'paused' : 'already_paused')
    model.pausedAt ??= model.now
  })

export const resumeAll = () =>
  command('resume all', async (model, { store }) => {
    const { kind } = await store.scheduler.resume(changeAt(model.now))
    expect(kind).toBe(model.pausedAt === null ? 'not_paused' : 'resumed')
    if (model.pausedAt === null) return
    model.pauses.push({ at: model.pausedAt, until: Math.max(model.pausedAt, model.now) })
    model.pausedAt = null
  })

/** The next occurrence that would run is left out, or is not after all. */
const leaveOut = (index: number) =>
  command(`leave the next of job ${index} out`, async (model, { kamihi }) => {
    const job = jobOf(model, index)
    let at = nextRunAt(job.schedule, model.now)
    while (at !== null && job.skips.has(at)) at = nextRunAt(job.schedule, at)
    const input = { scheduledFor: null, reason: null }
    const { kind } = await skipOccurrence(kamihi, job.id, input, changeAt(model.now))
    const isThere = job.settings.enabled && at !== null && job.cursor !== null && at >= job.cursor
    expect(kind).toBe(job.archived ? 'not_found' : isThere ? 'skipped' : 'not_scheduled')
    if (kind === 'skipped' && at !== null) job.skips.add(at)
  })

const putBack = (index: number) =>
  command(`put one of job ${index} back`, async (model, { store }) => {
    const job = jobOf(model, index)
    const [at] = job.skips
    if (at === undefined || job.archived) return
    expect((await store.jobs.unskip(job.id, at, changeAt(model.now))).kind).toBe('unskipped')
    job.skips.delete(at)
  })

const clock = (seconds: number) =>
  command(`clock ${seconds} s`, async (model) => {
    model.now += seconds * 1000
    model.latest = Math.max(model.latest, model.now)
  })

const action = (isThere: boolean) =>
  command(`the action is ${isThere ? 'back' : 'gone'}`, async (model, { store }) => {
    await syncAction(store, isThere, model.now)
    model.actionLoaded = isThere
  })

const index = fc.nat(1)

/** Schedules of either kind, in zones with and without clock changes. */
export const settingsOf = fc.record({
  cronExpression: fc.constantFrom('* * * * *', '*/10 * * * *', '0 * * * *', '30 1,2,9 * * *', '0 0 * * *'),
  timezone: fc.constantFrom(null, 'Europe/Madrid', 'America/Nuuk', 'Australia/Lord_Howe'),
  catchUp: fc.constantFrom('latest', 'skip', 'all'),
  catchUpWindowSeconds: fc.constantFrom(0, 3600, 7200),
  overlap: fc.constantFrom('skip', 'queue', 'replace', 'allow'),
} as const)

const patches: fc.Arbitrary<Partial<JobSettings>> = fc.oneof(
  settingsOf.map(({ cronExpression }) => ({ cronExpression })),
  settingsOf.map(({ timezone }) => ({ timezone })),
  settingsOf.map(({ catchUp, catchUpWindowSeconds, overlap }) => ({
    catchUp,
    catchUpWindowSeconds,
    overlap,
  })),
  fc.boolean().map((enabled) => ({ enabled })),
)

/** A tick of one process, most of the time whole. */
const ticking = fc.tuple(index, fc.constantFrom('both', 'both', 'look', 'write')).map(([process, what]) =>
  what === 'look'
    ? look(process)
    : what === 'write'
      ? writeDecided(process)
      : command(`process ${process} ticks`, async (model, real) => {
          await look(process).run(model, real)
          await writeDecided(process).run(model, real)
        }),
)

export const anyCommands = (maxCommands: number) =>
  fc.commands(
    [
      ticking,
      ticking,
      ticking,
      fc.constantFrom(1, 20, 59, 61, 600, 4000, 30_000).map(clock),
      fc.constantFrom(5, 60, 120, 3600, -1, -3600, -30_000).map(clock),
      fc.constant(finish()),
      fc.tuple(index, patches).map((given) => edit(...given)),
      fc.tuple(index, patches).map((given) => edit(...given)),
      index.map(pause),
      index.map(resume),
      fc.constant(pauseAll()),
      fc.constant(resumeAll()),
      index.map(leaveOut),
      index.map(putBack),
      fc.boolean().map(action),
      fc.tuple(index, fc.nat(4)).map(([job, n]) => (n === 0 ? archive(job) : leaveOut(job))),
    ],
    { maxCommands, size: 'max' },
  )
