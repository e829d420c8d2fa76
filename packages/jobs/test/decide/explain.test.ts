import type { AuditEntry, Run } from '@kamihi/contracts'
import { type JobSettings, jobDefaults } from '@kamihi/contracts'
import type { JobRecord } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { type Evidence, explain } from '../../src/decide/explain.ts'
import { gapAt, workOf } from '../../src/decide/workingHours.ts'
import { wordsOf } from '../../src/explainWords.ts'

const minute = 60_000
const hour = 60 * minute
const now = Date.UTC(2026, 10, 24, 12)
const iso = (at: number) => new Date(at).toISOString()

const job: JobRecord = {
  ...jobDefaults,
  userIds: [],
  roleIds: [],
  args: {},
  action: 'report',
  cronExpression: '0 * * * *',
  id: 'job',
  nextRunAt: now + hour,
  pausedAt: null,
  pausedBy: null,
  pauseReason: null,
  actionLoaded: true,
  actionState: 'loaded',
  createdAt: now - 100 * hour,
  updatedAt: now,
  archivedAt: null,
  version: 1,
}

const run = (at: number, more: Partial<Run> = {}): Run =>
  ({
    id: 'run',
    scheduledFor: iso(at),
    state: 'completed',
    reason: null,
    reasonDetail: null,
    cause: null,
    missed: null,
    startedAt: iso(at + 120),
    finishedAt: iso(at + 5000),
    counts: { total: 3, sent: 2, noOutput: 0 },
    ...more,
  }) as Run

const skipped = (at: number, reason: Run['reason'], reasonDetail: string, missed: Run['missed'] = null) =>
  run(at, { state: 'skipped', reason, reasonDetail, missed, startedAt: null })

const deed = (at: number, name: string, verb: string, changes: AuditEntry['changes'] = {}): AuditEntry =>
  ({ at: iso(at), actor: { kind: 'account', id: null, name }, verb, changes }) as AuditEntry

const changed = (field: keyof JobSettings, before: unknown, after: unknown) => ({
  [field]: { before, after },
})

function told(at: number, evidence: Partial<Evidence> = {}) {
  const explanation = explain(at, {
    now,
    jobsEnabled: true,
    job,
    runs: [],
    skips: [],
    pauses: { current: null, ended: [] },
    history: [],
    work: [{ from: now - 200 * hour, to: now }],
    occurred: () => false,
    ...evidence,
  })
  const { outcome, sentence, from, to } = wordsOf(at, 'Europe/Madrid', explanation)
  return { outcome, sentence, ...(from || to ? { from, to } : {}) }
}

describe('an occurrence with a row', () => {
  const at = now - 2 * hour

  it('ran', () => {
    expect(told(at, { runs: [run(at)] })).toEqual({
      outcome: 'ran',
      sentence: 'It began at 11:00 and ended as completed, 2 of 3 done.',
    })
    expect(told(at, { runs: [run(at, { state: 'running', finishedAt: null })] }).sentence).toBe(
      'It began at 11:00 and is running.',
    )
    expect(
      told(at, { runs: [run(at, { state: 'queued', startedAt: null, finishedAt: null })] }).sentence,
    ).toBe('It waits for its turn.')
  })

  it('was skipped, for the reason in its row', () => {
    expect(told(at, { runs: [skipped(at, 'overlap', 'Run x had not ended.')] })).toEqual({
      outcome: 'skipped',
      sentence: 'Run x had not ended.',
    })
  })

  it('was missed while the bot was not running, which is shown from when to when', () => {
    const missed = { from: iso(at - hour), to: iso(at + hour), count: 3 }
    const work = [
      { from: 0, to: at - 90 * minute },
      { from: at + 70 * minute, to: now },
    ]
    expect(told(at, { runs: [skipped(at - hour, 'missed', '3 missed', missed)], work })).toEqual({
      outcome: 'missed',
      sentence:
        'The bot was not running from 09:30 to 12:10. It is one of 3 that passed from 10:00 to 12:00.',
      from: iso(at - 90 * minute),
      to: iso(at + 70 * minute),
    })
  })

  it('was missed though the scheduler was at work', () => {
    const missed = { from: iso(at), to: iso(at), count: 1 }
    expect(told(at, { runs: [skipped(at, 'missed', '1 missed', missed)] })).toEqual({
      outcome: 'missed',
      sentence: 'The scheduler was at work, but came to it too late.',
    })
  })

  it('was held by a pause, or left out at the request of somebody', () => {
    const missed = { from: iso(at), to: iso(at + hour), count: 2 }
    expect(told(at + hour, { runs: [skipped(at, 'paused', 'Paused by Ana: holiday', missed)] })).toEqual({
      outcome: 'paused',
      sentence: 'Paused by Ana: holiday. It is one of 2 that passed from 11:00 to 12:00.',
    })
    expect(told(at, { runs: [skipped(at, 'requested', 'Ana asked to leave it out: party')] })).toEqual({
      outcome: 'requested',
      sentence: 'Ana asked to leave it out: party.',
    })
  })
})

describe('an occurrence to come', () => {
  const at = now + 2 * hour

  it.each<[string, Partial<Evidence>, object]>([
    ['runs', {}, { outcome: 'upcoming', sentence: 'It will run at that time.' }],
    [
      'is to be left out',
      { skips: [{ scheduledFor: at, by: 'Ana', reason: null }] },
      { outcome: 'requested', sentence: 'Ana asked to leave it out.' },
    ],
    [
      'is held by a pause of its job',
      { job: { ...job, pausedAt: now - hour, pausedBy: 'Ana', pauseReason: 'holiday' } },
      {
        outcome: 'paused',
        sentence: 'The job is paused by Ana since 12:00: holiday.',
        from: iso(now - hour),
        to: null,
      },
    ],
    [
      'is held by a pause of the scheduler',
      { pauses: { current: { at: now - 30 * hour, by: 'Luis', reason: null }, ended: [] } },
      {
        outcome: 'paused',
        sentence: 'The scheduler is paused by Luis since 2026-11-23 07:00.',
        from: iso(now - 30 * hour),
        to: null,
      },
    ],
    [
      'is of a job that is disabled',
      {
        job: { ...job, enabled: false, nextRunAt: null },
        history: [deed(now - hour, 'Ana', 'job.updated', changed('enabled', true, false))],
      },
      {
        outcome: 'disabled',
        sentence: 'The job is disabled: Ana switched it off at 12:00.',
        from: iso(now - hour),
        to: null,
      },
    ],
    [
      'waits for jobs to be enabled',
      { jobsEnabled: false },
      { outcome: 'jobs_disabled', sentence: 'Jobs are disabled: nothing runs until jobs.enabled is true.' },
    ],
    [
      'is of a job that was removed',
      { job: { ...job, archivedAt: now - hour }, history: [deed(now - hour, 'Ana', 'job.archived')] },
      { outcome: 'archived', sentence: 'Ana removed the job at 12:00.' },
    ],
  ])('%s', (_, evidence, expected) => {
    expect(told(at, evidence)).toEqual(expected)
  })
})

describe('an occurrence that has passed without a row', () => {
  const at = now - 3 * hour

  it('is before the job was created', () => {
    const created = {
      job: { ...job, createdAt: now - hour },
      history: [deed(now - hour, 'Ana', 'job.created')],
    }
    expect(told(at, created)).toEqual({
      outcome: 'not_created',
      sentence: 'The job did not exist yet: Ana created it at 12:00.',
    })
  })

  it('was not in the schedule of that time, where that was another one', () => {
    const history = [
      deed(now - 2 * hour, 'Ana', 'job.updated', changed('cronExpression', '30 9 * * *', '0 9 * * *')),
      deed(now - hour, 'Luis', 'job.updated', changed('cronExpression', '0 9 * * *', '0 * * * *')),
    ]
    expect(told(at, { history })).toEqual({
      outcome: 'edited',
      sentence: 'The schedule was 30 9 * * * until Ana changed it at 11:00.',
    })
    // The schedule of then had it too, so that explains nothing.
    expect(told(at, { history, occurred: () => true }).outcome).toBe('unrecorded')
  })

  it('is before the start of the job, or after its end, as they stood then', () => {
    const [startsAt, endsAt] = [iso(now - 3 * hour), iso(now + 2 * hour)]
    const bounded = { job: { ...job, startsAt, endsAt }, occurred: () => true }
    expect(told(now - 4 * hour, bounded)).toEqual({
      outcome: 'not_started',
      sentence: 'The job starts later, at 10:00.',
      from: null,
      to: startsAt,
    })
    expect(told(now + 3 * hour, bounded)).toEqual({
      outcome: 'ended',
      sentence: 'The job ends earlier, at 15:00.',
      from: endsAt,
      to: null,
    })
    const history = [deed(now - hour, 'Ana', 'job.updated', changed('startsAt', null, startsAt))]
    expect(told(now - 4 * hour, { ...bounded, history }).outcome).toBe('unrecorded')
    const added = { ...bounded, history, occurred: () => false }
    expect(told(now - 4 * hour, added).sentence).toBe(
      'The schedule was 0 * * * * from the beginning until Ana changed it at 12:00.',
    )
  })

  it('is of a time in which the job was disabled: by whom, and until whom', () => {
    const history = [
      deed(at - hour, 'Ana', 'job.updated', changed('enabled', true, false)),
      deed(at + hour, 'Luis', 'job.updated', changed('enabled', false, true)),
    ]
    expect(told(at, { history })).toEqual({
      outcome: 'disabled',
      sentence: 'The job was disabled: Ana switched it off at 09:00, Luis switched it on again at 11:00.',
      from: iso(at - hour),
      to: iso(at + hour),
    })
    expect(told(at + 2 * hour, { history }).outcome).toBe('unrecorded')
  })

  it('is of a time in which no bot ran', () => {
    const open = { ...job, nextRunAt: at }
    expect(told(at, { job: open, work: [{ from: 0, to: at - 10 * minute }] })).toEqual({
      outcome: 'not_running',
      sentence: 'The bot has not been running since 09:50.',
      from: iso(at - 10 * minute),
      to: null,
    })
  })

  it('is held by a pause that has not ended', () => {
    const paused = { ...job, nextRunAt: at, pausedAt: at - minute, pausedBy: 'Ana', pauseReason: null }
    expect(told(at, { job: paused })).toMatchObject({ outcome: 'paused' })
    // It came just before the pause, which held it.
    expect(told(at, { job: { ...paused, pausedAt: at + 30_000 } })).toMatchObject({ outcome: 'paused' })
    expect(told(at, { job: { ...paused, pausedAt: at + 2 * minute } })).toMatchObject({ outcome: 'due' })
  })

  it('is due this moment', () => {
    expect(told(now - 1000, { job: { ...job, nextRunAt: now - 1000 } }).outcome).toBe('due')
  })
})

describe('when a scheduler was at work', () => {
  const span = (worker: string, startedAt: number, lastSeenAt: number, endedAt: number | null = null) => ({
    worker,
    startedAt,
    lastSeenAt,
    endedAt,
  })

  it('is told from all of them; what touches is one stretch, and who was just seen still works', () => {
    const work = workOf(
      [span('b', 50, 90, 90), span('a', 0, 60, 60), span('c', now - hour, now - 20_000)],
      now,
    )
    expect(work).toEqual([
      { from: 0, to: 90 },
      { from: now - hour, to: now },
    ])
  })

  it('ends where it was last seen when it did not say goodbye', () => {
    expect(workOf([span('a', 0, now - 10 * minute)], now)).toEqual([{ from: 0, to: now - 10 * minute }])
  })

  it('leaves gaps, and nothing to say of a time nothing is known of', () => {
    const work = [
      { from: 10, to: 20 },
      { from: 40, to: 50 },
    ]
    expect([15, 30, 60, 5].map((at) => gapAt(at, work, 100))).toEqual([
      null,
      { from: 20, to: 40 },
      { from: 50, to: null },
      { from: null, to: 10 },
    ])
    expect(gapAt(5, [], 100)).toBeNull()
  })
})
