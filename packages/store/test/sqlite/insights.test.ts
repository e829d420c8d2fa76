import type { Run } from '@kamihi/contracts'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Store } from '../../src/index.ts'
import {
  change,
  lease,
  newFile,
  now,
  startedRun,
  value,
  withActions,
  withJob,
  withUsers,
} from '../fixtures.ts'

const minute = 60_000
const day = 24 * 60 * minute
const ever = { from: 0, to: now + 365 * day }

type End = 'sent' | 'failed' | 'unreachable' | 'uncertain'

let store: Store
let people: string[]
beforeEach(async () => {
  store = await newFile().open()
  onTestFinished(() => store.close())
  await withActions(store, 'report')
  people = await withUsers(store, 3)
})

/** A run whose recipients end as told, the first person as the first word says. */
async function ended(ends: End[], at = now + minute): Promise<Run> {
  const run = await startedRun(store, { perUser: true, userIds: people.slice(0, ends.length) })
  await endDeliveries(ends, at)
  return (await store.runs.get(run.id)) as Run
}

/** One more run of a job that ran before. */
async function endedAgain(jobId: string, ends: End[], at: number, dryRun = false): Promise<Run> {
  const asked = { jobId, idempotencyKey: `${at}`, args: null, onlyUserIds: null, dryRun }
  await store.runs.enqueueManual(asked, { ...change, now: at })
  const [claimed] = await store.runs.claim(lease('w1'), 1, now)
  const id = claimed?.run.id ?? ''
  await store.runs.writeAudience(id, 'w1', now)
  await endDeliveries(ends, at)
  return (await store.runs.get(id)) as Run
}

async function endDeliveries(ends: End[], at: number): Promise<void> {
  const claimed = await store.deliveries.claim(lease('w1'), 10, now)
  for (const { id, userId } of claimed) {
    const held = { id, worker: 'w1' }
    const failure = { class: 'blocked', message: 'no' }
    const output = [{ kind: 'text' as const, text: 'Hello', entities: [] }]
    const send = [
      { kind: 'sending' as const, part: 0, ...held },
      { kind: 'part_sent' as const, part: 0, messageId: 1, ...held },
      { kind: 'sent' as const, ...held },
    ]
    const last = {
      sent: send,
      failed: [{ kind: 'failed' as const, failure, ...held }],
      unreachable: [{ kind: 'unreachable' as const, failure, reachability: 'blocked' as const, ...held }],
      uncertain: [
        { kind: 'sending' as const, part: 0, ...held },
        { kind: 'uncertain' as const, failure, ...held },
      ],
    }[ends[people.indexOf(userId)] ?? 'sent']
    await store.deliveries.record(
      [{ kind: 'acting', ...held }, { kind: 'acted', output, ...held }, ...last],
      at,
    )
  }
}

/** A run that nobody came to before its deadline. */
async function expired(): Promise<Run> {
  const run = await startedRun(store, { perUser: true, userIds: people })
  await store.runs.expire(now + 30 * day)
  return (await store.runs.get(run.id)) as Run
}

describe('the runs of an action', () => {
  it('are counted as failed where the action or the sending failed, not where somebody cannot be reached', async () => {
    await ended(['sent', 'sent'])
    await ended(['sent', 'failed'])
    await ended(['sent', 'uncertain'])
    await ended(['sent', 'unreachable'])
    await ended(['unreachable'])
    await expired()
    await startedRun(store, { perUser: true, userIds: people })
    expect(await store.actions.runsSince(['report', 'weather'], now)).toEqual(
      new Map([['report', { runs: 6, failed: 3 }]]),
    )
    expect(await store.actions.runsSince(['report'], now + 1)).toEqual(new Map())
  })

  it('tell what went wrong in them, each error once with for how many', async () => {
    await ended(['sent', 'unreachable'])
    const run = await ended(['failed', 'sent', 'failed'])
    const failure = { class: 'blocked', message: 'no' }
    expect(await store.actions.errorsSince('report', now)).toEqual([
      { at: new Date(now).toISOString(), runId: run.id, jobName: null, ...failure, count: 2 },
    ])
    expect(await store.actions.errorsSince('report', now + 1)).toEqual([])
    expect(await store.actions.errorsSince('weather', now)).toEqual([])
  })
})

describe('numbers over the past', () => {
  it('adds up the runs that ended in each stretch, and no others', async () => {
    await ended(['sent', 'sent'], now + day)
    await ended(['sent', 'failed', 'unreachable'], now + minute)
    const [first, second, none] = await store.insights.totals([
      { from: now, to: now + day },
      { from: now + day, to: now + 2 * day },
      { from: now + 2 * day, to: now + 3 * day },
    ])
    expect(first).toEqual({ runs: 1, sent: 1, failed: 1, unreachable: 1, unsettled: 0 })
    expect(second).toEqual({ runs: 1, sent: 2, failed: 0, unreachable: 0, unsettled: 0 })
    expect(none).toEqual({ runs: 0, sent: 0, failed: 0, unreachable: 0, unsettled: 0 })
  })

  it('counts each person once who was sent to, and nobody who was not', async () => {
    await ended(['sent', 'sent'])
    await ended(['sent', 'failed', 'failed'], now + day)
    expect(await store.insights.peopleReached({ from: now, to: now + day })).toBe(2)
    expect(await store.insights.peopleReached({ from: now + day, to: now + 2 * day })).toBe(1)
    expect(await store.insights.peopleReached(ever)).toBe(2)
    expect(await store.insights.peopleReached({ from: now + 3 * day, to: now + 4 * day })).toBe(0)
  })

  it('tells how late the middle one of the runs of the schedule began', async () => {
    expect(await store.insights.medianLag(ever)).toBeNull()
    for (const lag of [0, 500, 90_000]) {
      const job = await withJob(store, {}, now - lag)
      const occurrences = [{ kind: 'run' as const, scheduledFor: now - lag }]
      const cursor = { jobId: job.id, expectedNextRunAt: now - lag, nextRunAt: now + day }
      await store.runs.enqueueScheduled({ ...cursor, occurrences, now })
    }
    for (const { run } of await store.runs.claim(lease('w1'), 10, now))
      await store.runs.writeAudience(run.id, 'w1', now)
    for (const { id } of await store.runs.listOpen()) {
      await store.runs.actionStarted(id, 'w1', now)
      await store.runs.actionReturned(id, 'w1', [], now)
    }
    expect(await store.insights.medianLag(ever)).toBe(500)
    expect(await store.insights.medianLag({ from: now + 1, to: now + day })).toBeNull()
  })

  it('gives the runs that were due in an hour with what became of them', async () => {
    const run = await ended(['sent', 'failed'])
    const hours = await store.insights.pastHours({ from: now, to: now + 60 * minute }, {})
    expect(hours).toEqual([
      { hour: now, jobId: run.jobId, state: 'partial', reason: null, runs: 1, messages: 1 },
    ])
    expect(await store.insights.pastHours({ from: now, to: now + 60 * minute }, { jobId: 'other' })).toEqual(
      [],
    )
    expect(
      await store.insights.pastHours({ from: now, to: now + 60 * minute }, { action: 'report' }),
    ).toEqual(hours)
    expect(await store.insights.pastHours({ from: now + 60 * minute, to: now + 120 * minute }, {})).toEqual(
      [],
    )
  })

  it('gives runs that ended after an instant, first ones first', async () => {
    await ended(['failed'], now + 2 * minute)
    await ended(['sent'], now + minute)
    const found = await store.insights.finishedAfter(now, 10)
    expect(found.map(({ state, trigger, sent, failed }) => [state, trigger, sent, failed])).toEqual([
      ['completed', 'schedule', 1, 0],
      ['failed', 'schedule', 0, 1],
    ])
    expect(await store.insights.finishedAfter(now + minute, 10)).toHaveLength(1)
  })
})

describe('what needs somebody', () => {
  it('holds runs that failed in part or whole, newest first, but not those that were taken up again', async () => {
    const partial = await ended(['sent', 'failed'])
    const failed = await ended(['failed'], now + 2 * minute)
    await ended(['sent'], now + 3 * minute)
    const ids = async () => (await store.insights.failures(now, 10)).map(({ runId }) => runId)
    expect(await ids()).toEqual([failed.id, partial.id])
    await store.runs.enqueueRetry(failed.id, change)
    expect(await ids()).toEqual([partial.id])
    expect(await store.insights.failures(now + 5 * minute, 10)).toEqual([])
  })

  it('holds a job once, with its newest run that failed and how many did', async () => {
    const first = await ended(['failed', 'sent', 'sent'])
    const other = await ended(['failed', 'sent'], now + 5 * minute)
    await endedAgain(first.jobId, ['failed', 'failed', 'failed'], now + 2 * minute)
    const newest = await endedAgain(first.jobId, ['failed', 'failed', 'sent'], now + 3 * minute)
    await endedAgain(first.jobId, ['sent', 'sent', 'sent'], now + 4 * minute)
    await endedAgain(first.jobId, ['failed', 'sent', 'sent'], now + 6 * minute, true)
    const known = { state: 'partial', finishedAt: now + 3 * minute, total: 3, unreached: 2 }
    expect(await store.insights.failures(now, 10)).toMatchObject([
      { runId: other.id, runs: 1 },
      { runId: newest.id, runs: 3, job: { id: first.jobId, name: null, action: 'report' }, ...known },
    ])
    expect(await store.insights.failures(now, 1)).toHaveLength(1)
  })

  it('holds a run that was too late, but none that only missed people who cannot be reached', async () => {
    const late = await expired()
    await ended(['sent', 'unreachable'])
    await ended(['unreachable'])
    expect(await store.insights.failures(now, 10)).toMatchObject([{ runId: late.id, state: 'expired' }])
    expect(await store.insights.troubles(now, 10)).toEqual([])
  })

  it('holds what may or may not have arrived, whether or not the run failed otherwise', async () => {
    const doubtful = await ended(['sent', 'uncertain'])
    const both = await ended(['failed', 'uncertain'], now + 2 * minute)
    expect(await store.insights.troubles(now, 10)).toMatchObject([
      { id: both.id, uncertain: 1, missed: null },
      { id: doubtful.id, uncertain: 1, missed: null },
    ])
    expect(await store.insights.failures(now, 10)).toMatchObject([{ runId: both.id }])
  })

  it('holds a stretch that was missed', async () => {
    const job = await withJob(store)
    await store.runs.enqueueScheduled({
      jobId: job.id,
      expectedNextRunAt: now,
      nextRunAt: now + 3 * minute,
      occurrences: [{ kind: 'missed', from: now, to: now + 2 * minute, count: 3 }],
      now: now + 2 * minute,
    })
    expect(await store.insights.troubles(now, 10)).toMatchObject([
      { missed: { from: now, to: now + 2 * minute, count: 3 } },
    ])
  })

  it('holds actions that enabled jobs wait for, and jobs that are paused', async () => {
    const job = await withJob(store, { name: 'Daily' })
    await withJob(store, { enabled: false })
    await store.jobs.pause(job.id, { reason: null }, { ...change, now: now + 5 })
    expect(await store.insights.pausedJobs()).toEqual({
      items: [{ id: job.id, name: 'Daily', action: 'report' }],
      total: 1,
      newestAt: now + 5,
    })
    expect(await store.insights.blockedActions()).toEqual([])
    await store.actions.sync([], now + 9)
    expect(await store.insights.blockedActions()).toEqual([
      { name: 'report', state: 'archived', error: null, updatedAt: now + 9, jobCount: 1 },
    ])
    expect((await store.insights.counts()).jobs).toEqual({ enabled: 0, disabled: 1, paused: 1, blocked: 1 })
  })

  it('holds actions whose file failed to load', async () => {
    expect(await store.insights.brokenActions()).toEqual({ names: [], total: 0, newestAt: null })
    const broken = (name: string) => ({
      name,
      commands: [],
      description: null,
      argsSchema: null,
      idempotent: false,
      error: `actions/${name}.ts:3 oops`,
    })
    const names = ['f', 'e', 'd', 'c', 'b', 'a']
    await store.actions.sync(names.map(broken), now + 9)
    expect(await store.insights.brokenActions()).toEqual({
      names: ['a', 'b', 'c', 'd', 'e'],
      total: 6,
      newestAt: now + 9,
    })
  })

  it('holds the runs that are open with the recipients that are not done', async () => {
    const run = await startedRun(store, { perUser: true, userIds: people })
    const open = await store.insights.open(10)
    expect([open.items.map(({ id }) => id), open.total, open.queuedDeliveries]).toEqual([[run.id], 1, 3])
    expect((await store.insights.counts()).openRuns).toEqual({ running: 1 })
  })
})

describe('what is to come', () => {
  it('leaves out what does not run by itself', async () => {
    const soon = await withJob(store, {}, now + minute)
    await withJob(store, { enabled: false }, now + minute)
    const paused = await withJob(store, {}, now + minute)
    await store.jobs.pause(paused.id, { reason: null }, change)
    await withJob(store, {}, now + day)
    expect((await store.insights.planned(now + 60 * minute, {}, 10)).map(({ id }) => id)).toEqual([soon.id])
    expect(await store.insights.planned(now + 60 * minute, { action: 'other' }, 10)).toEqual([])
  })

  it('counts a person once who is chosen and has a chosen role', async () => {
    const role = value(await store.roles.create({ name: 'Team', userIds: people.slice(0, 2) }, change))
    const both = await withJob(store, { userIds: people.slice(1), roleIds: [role.id] })
    const nobody = await withJob(store)
    expect(await store.insights.recipientCounts([both.id, nobody.id])).toEqual(
      new Map([
        [both.id, 3],
        [nobody.id, 0],
      ]),
    )
  })
})

describe('a search', () => {
  it('finds five of each kind at most by letters in their names, and runs by the beginning of their ids', async () => {
    for (let n = 0; n < 6; n += 1) await withJob(store, { name: `Weather ${n}` })
    value(await store.roles.create({ name: 'Weather people' }, change))
    const run = await ended(['sent'])
    const found = await store.insights.search('weath')
    expect([found.jobs.length, found.roles.length, found.users, found.runs]).toEqual([5, 1, [], []])
    expect((await store.insights.search(run.id.slice(0, 12))).runs.map(({ id }) => id)).toContain(run.id)
    expect((await store.insights.search('1002')).users.map(({ id }) => id)).toEqual([people[1]])
    expect((await store.insights.search('REPORT')).actions).toEqual([{ name: 'report', description: null }])
  })

  it('takes wildcards as letters', async () => {
    await withJob(store, { name: '100 % of it' })
    await withJob(store, { name: 'Other' })
    expect((await store.insights.search('%')).jobs.map(({ name }) => name)).toEqual(['100 % of it'])
    expect((await store.insights.search('_')).jobs).toEqual([])
  })
})
