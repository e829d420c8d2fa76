import type { AttentionItem } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import {
  type Dismissed,
  isDismissed,
  readDismissed,
  withDismissed,
  withoutDismissed,
} from '../../../src/lib/home/dismissed.ts'

const at = '2026-11-26T09:00:00.000Z'
const later = '2026-11-26T09:05:00.000Z'
const job = { id: 'j1', name: 'Report', action: 'report' }
const failed = (more: object = {}): AttentionItem =>
  ({
    kind: 'run_failed',
    at,
    runId: 'r1',
    job,
    state: 'failed',
    total: 3,
    unreached: 3,
    runs: 1,
    ...more,
  }) as AttentionItem
const uncertain = (count: number): AttentionItem => ({ kind: 'uncertain', at, runId: 'r1', job, count })
const rising = (thisWeek: number, found: string): AttentionItem => ({
  kind: 'unreachable_rising',
  at: found,
  thisWeek,
  lastWeek: 1,
})

describe('what was dismissed', () => {
  it('stays away while nothing new happens', () => {
    const dismissed = withDismissed({}, failed())
    expect(isDismissed(failed(), dismissed)).toBe(true)
    expect(isDismissed(failed({ job: { ...job, id: 'j2' } }), dismissed)).toBe(false)
  })

  it('comes back with a newer failure of the same job', () => {
    const dismissed = withDismissed({}, failed())
    expect(isDismissed(failed({ runId: 'r2', at: later, runs: 2 }), dismissed)).toBe(false)
  })

  it('stays away while some of it is settled, and comes back when more of it is there', () => {
    const dismissed = withDismissed({}, uncertain(4))
    expect([3, 4, 5].map((count) => isDismissed(uncertain(count), dismissed))).toEqual([true, true, false])
  })

  it('is judged by how many people it is about, where it is found anew each time', () => {
    const dismissed = withDismissed({}, rising(6, at))
    expect(isDismissed(rising(6, later), dismissed)).toBe(true)
    expect(isDismissed(rising(7, later), dismissed)).toBe(false)
  })

  it('is one job that is late since the same time, told a few milliseconds apart', () => {
    const late = (since: string): AttentionItem => ({ kind: 'job_overdue', at: since, job, lateMs: 90_000 })
    const dismissed = withDismissed({}, late('2026-11-26T09:00:00.000Z'))
    expect(isDismissed(late('2026-11-26T09:00:00.012Z'), dismissed)).toBe(true)
    expect(isDismissed(late(later), dismissed)).toBe(false)
  })

  it('is shown again when that is asked for', () => {
    const dismissed = withDismissed(withDismissed({}, failed()), uncertain(1))
    const shown = withoutDismissed(dismissed, failed())
    expect(isDismissed(failed(), shown)).toBe(false)
    expect(isDismissed(uncertain(1), shown)).toBe(true)
  })

  it('is remembered up to a hundred things, the newest of them', () => {
    let dismissed: Dismissed = {}
    for (let n = 0; n <= 100; n += 1)
      dismissed = withDismissed(dismissed, failed({ job: { ...job, id: `j${n}` } }))
    expect(Object.keys(dismissed)).toHaveLength(100)
    expect(isDismissed(failed({ job: { ...job, id: 'j0' } }), dismissed)).toBe(false)
    expect(isDismissed(failed({ job: { ...job, id: 'j100' } }), dismissed)).toBe(true)
  })

  it('is nothing where the browser kept something else', () => {
    for (const kept of [null, 'null', '{', '7', '["x"]', '{"telegram":{"at":"now"}}'])
      expect(readDismissed(kept)).toEqual({})
    const dismissed = withDismissed({}, failed())
    expect(readDismissed(JSON.stringify(dismissed))).toEqual(dismissed)
  })
})
