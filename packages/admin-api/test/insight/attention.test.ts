import { describe, expect, it } from 'vitest'
import { type AttentionFacts, decideAttention } from '../../src/insight/attention.ts'

const now = Date.UTC(2026, 10, 24, 9)
const job = { id: 'j', name: 'Daily', action: 'report' }
const calm: AttentionFacts = {
  now,
  jobsEnabled: true,
  telegram: { state: 'connected', detail: null, since: now - 1000 },
  health: { state: 'ok' },
  scheduler: { paused: null, lagMs: 0 },
  overdue: null,
  failures: [],
  troubles: [],
  pausedRuns: [],
  blocked: [],
  broken: { names: [], total: 0, newestAt: null },
  pausedJobs: { items: [], total: 0, newestAt: null },
  unreachable: { thisWeek: 0, lastWeek: 0 },
}
const at = now - 1000
const failure = {
  runId: 'r',
  job,
  state: 'partial' as const,
  finishedAt: at,
  total: 9,
  unreached: 2,
  runs: 3,
}
const trouble = { id: 'r', job, finishedAt: at, missed: null, uncertain: 0 }
const kinds = (facts: Partial<AttentionFacts>) =>
  decideAttention({ ...calm, ...facts }).items.map(({ kind }) => kind)

describe('what needs somebody', () => {
  it('is nothing while all goes well', () => {
    expect(decideAttention(calm)).toEqual({ items: [], total: 0 })
  })

  it('is a job of which runs failed, by the newest of them', () => {
    const { finishedAt, ...known } = failure
    expect(decideAttention({ ...calm, failures: [failure] }).items).toEqual([
      { kind: 'run_failed', at: new Date(finishedAt).toISOString(), ...known },
    ])
  })

  it('is what may or may not have arrived', () => {
    expect(decideAttention({ ...calm, troubles: [{ ...trouble, uncertain: 2 }] }).items).toMatchObject([
      { kind: 'uncertain', runId: 'r', count: 2 },
    ])
  })

  it('is a stretch that was missed, whole', () => {
    const missed = { from: now - 9000, to: now - 5000, count: 5 }
    expect(decideAttention({ ...calm, troubles: [{ ...trouble, missed }] }).items).toMatchObject([
      { kind: 'missed', from: new Date(missed.from).toISOString(), count: 5 },
    ])
  })

  it('is a job that is more than a minute late', () => {
    const late = (lagMs: number) => kinds({ scheduler: { paused: null, lagMs }, overdue: job })
    expect([late(60_000), late(60_001)]).toEqual([[], ['job_overdue']])
  })

  it('is a connection that is lost, but not one that is being made', () => {
    const lost = (since: number) => kinds({ telegram: { state: 'unreachable', detail: null, since } })
    expect([lost(now - 30_000), lost(now - 30_001)]).toEqual([[], ['telegram']])
    expect(kinds({ telegram: { state: 'conflict', detail: null, since: now } })).toEqual(['telegram'])
  })

  it('is people who cannot be reached when there are twice as many as before', () => {
    expect(kinds({ unreachable: { thisWeek: 4, lastWeek: 0 } })).toEqual([])
    expect(kinds({ unreachable: { thisWeek: 9, lastWeek: 5 } })).toEqual([])
    expect(kinds({ unreachable: { thisWeek: 10, lastWeek: 5 } })).toEqual(['unreachable_rising'])
  })

  it('is actions whose files failed to load', () => {
    const broken = { names: ['bad', 'worse'], total: 2, newestAt: now - 1000 }
    expect(decideAttention({ ...calm, broken }).items).toEqual([
      {
        kind: 'actions_broken',
        at: new Date(now - 1000).toISOString(),
        count: 2,
        actions: ['bad', 'worse'],
      },
    ])
  })

  it('leaves out what jobs need while they are off', () => {
    const paused = { at: new Date(now).toISOString(), by: 'Ana', reason: null }
    expect(kinds({ jobsEnabled: false, scheduler: { paused, lagMs: 0 } })).toEqual([])
  })

  it('shows the newest twenty and counts the rest', () => {
    const failures = Array.from({ length: 30 }, (_, n) => ({
      ...failure,
      runId: `r${n}`,
      finishedAt: now - n,
    }))
    const { items, total } = decideAttention({ ...calm, failures })
    expect([items.length, total]).toEqual([20, 30])
    expect(items[0]).toMatchObject({ runId: 'r0' })
  })
})
