import { describe, expect, it } from 'vitest'
import { type Due, decideOccurrences } from '../../src/decide/occurrences.ts'
import { parseSchedule } from '../../src/index.ts'

const minute = 60_000
const now = Date.UTC(2026, 10, 24, 8, 0, 5)
const due = (nextRunAt: number, more: Partial<Due> = {}) => {
  const parsed = parseSchedule('* * * * *', 'UTC')
  if (parsed.kind === 'refused') throw new Error(parsed.reason)
  return decideOccurrences({
    schedule: parsed.schedule,
    nextRunAt,
    now,
    catchUp: 'latest',
    catchUpWindowSeconds: 3600,
    actionLoaded: true,
    ...more,
  })
}
const at = (minutesAgo: number) => Date.UTC(2026, 10, 24, 8) - minutesAgo * minute

describe('a tick', () => {
  it('runs what is due and moves the cursor on', () => {
    expect(due(at(0))).toEqual({ occurrences: [{ kind: 'run', scheduledFor: at(0) }], nextRunAt: at(-1) })
  })

  it('after an outage runs the latest and keeps the others as one row', () => {
    expect(due(at(10)).occurrences).toEqual([
      { kind: 'missed', from: at(10), to: at(1), count: 10 },
      { kind: 'run', scheduledFor: at(0) },
    ])
  })

  it('runs what is on time even for a job that skips what it missed', () => {
    expect(due(at(2), { catchUp: 'skip' }).occurrences).toEqual([
      { kind: 'missed', from: at(2), to: at(1), count: 2 },
      { kind: 'run', scheduledFor: at(0) },
    ])
  })

  it('catches up with at most twenty-four, oldest first', () => {
    const { occurrences } = due(at(40), { catchUp: 'all' })
    expect(occurrences).toHaveLength(25)
    expect(occurrences[0]).toEqual({ kind: 'missed', from: at(40), to: at(24), count: 17 })
    expect(occurrences[1]).toEqual({ kind: 'run', scheduledFor: at(23) })
  })

  it('records an occurrence whose action is gone', () => {
    expect(due(at(0), { actionLoaded: false }).occurrences).toEqual([
      { kind: 'skipped', scheduledFor: at(0), reason: 'action_missing' },
    ])
  })

  it('does not enumerate a gap of a year', () => {
    const { occurrences } = due(at(525_600))
    expect(occurrences[0]).toMatchObject({ kind: 'missed', count: 525_600 })
  })
})
