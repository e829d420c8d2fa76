import type { JobSettings, OnOverlap } from '@kamihi/contracts'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Occurrence } from '../../src/index.ts'
import { change } from '../fixtures.ts'
import {
  cancel,
  expire,
  isOpen,
  openRunsOf,
  pause,
  type RefJob,
  type RefRun,
  rescue,
  resume,
} from './reference.ts'
import { again, ask, fire, retry, sharedOutput } from './referenceEnqueue.ts'
import { compare, leaseMs, type Model, minute, newRun, type Real } from './system.ts'
import { type Luck, lucks, newWorker, work } from './worker.ts'

type Command = fc.AsyncCommand<Model, Real>

/** One thing that happens to the store, checked against the reference when it has. */
function command(name: string, run: (model: Model, real: Real) => Promise<unknown>): Command {
  return {
    check: () => true,
    toString: () => name,
    async run(model, real) {
      await run(model, real)
      compare(model, real)
    },
  }
}

const at = (model: Model) => ({ ...change, now: model.now })
const jobOf = (model: Model, index: number) => model.jobs[index % model.jobs.length] as RefJob
/** Mostly one that is open: what has ended is to stay as it is, and that is soon tried. */
function runOf(model: Model, index: number): RefRun | undefined {
  const open = model.runs.filter(isOpen)
  const among = open.length > 0 && index % 4 !== 0 ? open : model.runs
  return among[index % (among.length || 1)]
}
/** Mostly one that has ended, which alone can be retried. */
function endedRunOf(model: Model, index: number): RefRun | undefined {
  const ended = model.runs.filter((run) => !isOpen(run) && run.people !== null)
  const among = ended.length > 0 && index !== 0 ? ended : model.runs
  return among[index % (among.length || 1)]
}
const withRun = (
  name: string,
  index: number,
  act: (model: Model, real: Real, run: RefRun) => Promise<unknown>,
  choose = runOf,
) =>
  command(`${name} run ${index}`, async (model, real) => {
    const run = choose(model, index)
    if (run) await act(model, real, run)
  })

/** A tick: the occurrence that is due, after some that were missed or with another one, unless another process was first. */
const tick = (index: number, how: 'due' | 'missed' | 'both' | 'late') =>
  command(`tick job ${index} ${how}`, async (model, { store }) => {
    const job = jobOf(model, index)
    const { cursor } = job
    if (cursor === null) return
    const missed: Occurrence = { kind: 'missed', from: cursor, to: cursor + 4 * minute, count: 5 }
    const due = how === 'missed' ? cursor + 5 * minute : how === 'both' ? cursor + minute : cursor
    const before: Occurrence[] =
      how === 'missed' ? [missed] : how === 'both' ? [{ kind: 'run', scheduledFor: cursor }] : []
    const occurrences: Occurrence[] = [...before, { kind: 'run', scheduledFor: due }]
    const expectedNextRunAt = how === 'late' ? cursor - minute : cursor
    const input = { jobId: job.id, expectedNextRunAt, nextRunAt: due + minute, occurrences, now: model.now }
    const outcome = await store.runs.enqueueScheduled(input)
    expect(outcome.kind).toBe(how === 'late' ? 'lost' : 'enqueued')
    if (outcome.kind === 'lost') return
    job.cursor = due + minute
    const rows = new Map(outcome.runs.map((run) => [Date.parse(run.scheduledFor), run]))
    const open = openRunsOf(model.runs, job)
    const made = occurrences.flatMap((occurrence) => {
      const from = 'from' in occurrence ? occurrence.from : occurrence.scheduledFor
      // A stretch whose first instant has its own row is placed a little later: it is never lost.
      const isStretch = occurrence.kind === 'missed'
      const state = isStretch ? 'skipped' : fire(model.runs, job, from, open)
      const row = isStretch ? outcome.runs.find(({ missed }) => missed !== null) : rows.get(from)
      expect(row === undefined).toBe(state === 'nothing')
      if (!row || state === 'nothing') return []
      const run = newRun(model, job, row, { state })
      open.push(run)
      return [run]
    })
    // As they are when all is written: a later one may have taken the place of an earlier one.
    expect(outcome.runs.map(({ id, state }) => [id, state])).toEqual(made.map(({ id, state }) => [id, state]))
  })

interface Request {
  key: string
  only: number | null
  dryRun: boolean
  onOverlap: OnOverlap | null
}

const request = (index: number, { key, only, dryRun, onOverlap }: Request) =>
  command(
    `ask job ${index} ${JSON.stringify({ key, only, dryRun, onOverlap })}`,
    async (model, { store }) => {
      const job = jobOf(model, index)
      const onlyUserIds = only === null ? null : job.settings.userIds.slice(0, only)
      const input = { jobId: job.id, idempotencyKey: key, args: null, onlyUserIds, dryRun, onOverlap }
      const outcome = await store.runs.enqueueManual(input, at(model))
      const expected = ask(model.runs, job, key, onOverlap)
      expect(outcome.kind).toBe(expected.kind)
      if (outcome.kind === 'existing' && expected.kind === 'existing')
        expect(outcome.run.id).toBe(expected.run.id)
      if (outcome.kind !== 'enqueued') return
      const waits = onOverlap === 'wait' && job.settings.overlap !== 'replace'
      const settings: JobSettings = waits ? { ...job.settings, overlap: 'queue' } : job.settings
      newRun(model, job, outcome.run, { only: onlyUserIds, dryRun, settings })
    },
  )

const retryRun = (index: number) => withRun('retry', index, retryOf, endedRunOf)

async function retryOf(model: Model, { store }: Real, past: RefRun): Promise<void> {
  const outcome = await store.runs.enqueueRetry(past.id, at(model))
  const left = retry(model.runs, past)
  expect(outcome.kind).toBe(typeof left === 'string' ? left : 'enqueued')
  if (outcome.kind !== 'enqueued' || typeof left === 'string') return
  const output = past.settings.perUser ? null : sharedOutput(model.runs, past)
  const { settings, idempotent, dryRun } = past
  const run = newRun(model, past.job, outcome.run, { retryOf: past, settings, idempotent, dryRun, output })
  const { items } = await store.deliveries.list(run.id, { limit: 200 })
  expect(items.map(({ userId }) => userId).sort()).toEqual(left.map(({ user }) => user).sort())
  run.people = left.map((d) => again(d, run, items.find(({ userId }) => userId === d.user)?.id ?? ''))
}

const labour = (index: number, luck: Luck[]) =>
  command(`worker ${index} ${luck.join(' ')}`, async (model, real) => {
    const worker = real.workers[index]
    if (worker) for (const each of luck) await work(model, real, worker, each)
  })

let deaths = 0
const crash = (index: number) =>
  command(`worker ${index} dies`, async (_, real) => {
    deaths += 1
    real.workers[index] = newWorker(`w${index + 1} after ${deaths}`)
  })

const renew = (index: number) =>
  command(`worker ${index} renews`, async (model, { store, workers }) => {
    const { name, runs, hands } = workers[index] ?? newWorker('')
    const lease = { worker: name, until: model.now + leaseMs }
    for (const { run } of runs) {
      const held = run.holder === name && (run.state === 'running' || run.state === 'paused')
      expect(await store.runs.renew(run.id, lease)).toBe(held)
      if (held) run.until = lease.until
    }
    if (hands.length > 0)
      await store.deliveries.renew(
        hands.map(({ delivery }) => delivery.id),
        lease,
      )
    for (const { delivery } of hands) if (delivery.holder === name) delivery.until = lease.until
  })

const operate = {
  cancel: (index: number) =>
    withRun('cancel', index, async (model, { store }, run) => {
      const expected = isOpen(run) ? 'cancelled' : 'finished'
      expect((await store.runs.cancel(run.id, at(model))).kind).toBe(expected)
      if (isOpen(run)) cancel(run)
    }),
  pause: (index: number) =>
    withRun('pause', index, async (model, { store }, run) => {
      const { kind } = await store.runs.pause(run.id, { reason: null }, at(model))
      expect(kind).toBe(run.state === 'running' && !run.cancelled ? 'paused' : 'not_running')
      pause(run)
    }),
  resume: (index: number) =>
    withRun('resume', index, async (model, { store }, run) => {
      const expected = run.state === 'paused' ? 'resumed' : 'not_paused'
      expect((await store.runs.resume(run.id, at(model))).kind).toBe(expected)
      if (run.state === 'paused') resume(run)
    }),
}

export const rescueNow = () =>
  command('rescue', async (model, { store }) => {
    await store.deliveries.rescueExpired(model.now)
    rescue(model.runs, model.now)
  })

const expireNow = () =>
  command('expire', async (model, { store }) => {
    const over = model.runs.filter((run) => isOpen(run) && run.deadlineAt <= model.now)
    expect((await store.runs.expire(model.now)).map(({ id }) => id).sort()).toEqual(
      over.map(({ id }) => id).sort(),
    )
    over.forEach(expire)
  })

const clock = (ms: number) =>
  command(`clock ${ms / 1000} s`, async (model) => {
    model.now += ms
    model.latest = Math.max(model.latest, model.now)
  })

/** Edits put the cursor after now, as whoever saves a job does. */
const edit = (index: number, patch: Partial<JobSettings>, isStale: boolean) =>
  command(
    `edit job ${index} ${JSON.stringify(patch)}${isStale ? ' stale' : ''}`,
    async (model, { store }) => {
      const job = jobOf(model, index)
      const next =
        (patch.enabled ?? job.settings.enabled) ? Math.floor(model.now / minute) * minute + minute : null
      const saved = await store.jobs.update(job.id, job.version - (isStale ? 1 : 0), patch, next, at(model))
      expect(saved.kind).toBe(job.archived ? 'not_found' : isStale ? 'version_conflict' : 'saved')
      if (saved.kind !== 'saved') return
      Object.assign(job, { settings: { ...job.settings, ...patch }, version: job.version + 1, cursor: next })
    },
  )

const archive = (index: number) =>
  command(`archive job ${index}`, async (model, { store }) => {
    const job = jobOf(model, index)
    expect(await store.jobs.archive(job.id, at(model))).toBe(!job.archived)
    Object.assign(job, { archived: true, cursor: null })
  })

const person = (index: number, what: 'leaves' | 'writes') =>
  command(`person ${index} ${what}`, async (model, { store }) => {
    const [id, known] = [...model.people][index % (model.people.size || 1)] ?? []
    if (!id || !known) return
    if (what === 'leaves') {
      await store.users.remove(id, at(model))
      model.people.delete(id)
    } else {
      await store.users.seen(known.telegramId, model.now)
      known.reachable = true
    }
  })

const two = fc.nat(1)
const any = fc.nat(11)
const patches = fc.record<Partial<JobSettings>>(
  {
    overlap: fc.constantFrom('skip', 'queue', 'replace', 'allow'),
    perUser: fc.boolean(),
    delivery: fc.constantFrom('at-least-once', 'at-most-once'),
    enabled: fc.boolean(),
  },
  { requiredKeys: [] },
)

/** The same key comes with the same request; what another one with it is told has its own tests. */
const requests: fc.Arbitrary<Request> = fc
  .constantFrom<Omit<Request, 'key'>[]>(
    { only: null, dryRun: false, onOverlap: null },
    { only: null, dryRun: false, onOverlap: 'wait' },
    { only: null, dryRun: false, onOverlap: 'replace' },
    { only: 1, dryRun: false, onOverlap: 'wait' },
    { only: 0, dryRun: false, onOverlap: null },
    { only: null, dryRun: true, onOverlap: 'replace' },
  )
  .chain((request) => fc.nat(1).map((n) => ({ ...request, key: `${JSON.stringify(request)} ${n}` })))

/** Whatever may happen, in any order; work is done most of the time, or nothing would ever be in the air. */
export const anyCommands = (maxCommands: number) =>
  fc.commands(
    [
      fc
        .tuple(two, fc.constantFrom('due', 'due', 'both', 'missed', 'late'))
        .map(([job, how]) => tick(job, how)),
      fc.tuple(two, requests).map((asked) => request(...asked)),
      any.map(retryRun),
      any.map(retryRun),
      ...Array.from({ length: 5 }, () =>
        fc
          .tuple(two, fc.array(fc.constantFrom('fine', ...lucks), { minLength: 1, maxLength: 12 }))
          .map((given) => labour(...given)),
      ),
      two.map(crash),
      two.map(renew),
      any.map(operate.cancel),
      any.map(operate.pause),
      any.map(operate.resume),
      fc.constant(rescueNow()),
      fc.constant(expireNow()),
      fc.constantFrom(1000, 16_000, 16_000, 31_000, 300_000, -3_600_000).map(clock),
      fc
        .tuple(
          two,
          patches,
          fc.nat(5).map((n) => n === 0),
        )
        .map((edited) => edit(...edited)),
      fc.tuple(two, fc.nat(3)).map(([job, n]) => (n === 0 ? archive(job) : tick(job, 'due'))),
      fc.tuple(any, fc.constantFrom('leaves', 'writes', 'writes')).map((given) => person(...given)),
    ],
    { maxCommands, size: 'max' },
  )

/** Everything ends once one worker does what it should and nobody interferes: no deadline is needed for it. */
export async function drain(model: Model, real: Real): Promise<void> {
  model.now = Math.max(model.latest, model.now) + 31_000
  for (const run of model.runs.filter((one) => one.state === 'paused')) {
    await real.store.runs.resume(run.id, at(model))
    resume(run)
  }
  const worker = newWorker('the last one')
  for (let round = 0; round < 30 && model.runs.some(isOpen); round += 1) {
    await rescueNow().run(model, real)
    for (let steps = 0; steps < 20; steps += 1) await work(model, real, worker, 'fine')
    compare(model, real)
    model.now += 31_000
  }
}
