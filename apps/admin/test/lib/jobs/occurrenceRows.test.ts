import type { ExplainedOccurrence, OccurrenceOutcome, Occurrences } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { newestOf, occurrenceRows } from '../../../src/lib/jobs/occurrenceRows.ts'

const minute = 60_000
const start = Date.parse('2026-11-24T10:00:00.000Z')
const isoAt = (minutes: number) => new Date(start + minutes * minute).toISOString()
const times = (from: number, to: number, outcome: OccurrenceOutcome = 'unrecorded'): ExplainedOccurrence[] =>
  Array.from({ length: to - from + 1 }, (_, n) => ({
    at: isoAt(from + n),
    local: '',
    outcome,
    sentence: '',
    why:
      outcome === 'not_created' ? { kind: 'not_created', at: isoAt(0), by: 'Ana' } : { kind: 'unrecorded' },
    run: null,
    from: null,
    to: null,
  }))

describe('the lines of what became of a job', () => {
  it('are one for all the times at which the job did not exist yet, below those since', () => {
    const rows = occurrenceRows([...times(0, 89, 'not_created'), ...times(90, 91, 'upcoming')])
    expect(rows.map(({ since, item, count }) => [since, item.at, count])).toEqual([
      [isoAt(91), isoAt(91), 1],
      [isoAt(90), isoAt(90), 1],
      [isoAt(0), isoAt(89), 90],
    ])
  })

  it('are as many as the times where each of them can be run on its own', () => {
    expect(occurrenceRows(times(0, 4, 'disabled'))).toHaveLength(5)
  })

  it('stay apart where another reason stands between', () => {
    const items = [...times(0, 1), ...times(2, 2, 'due'), ...times(3, 4)]
    expect(occurrenceRows(items).map(({ count }) => count)).toEqual([2, 1, 2])
  })
})

/** A server that knows of a time each so many minutes, and tells the oldest hundred of those asked for. */
const server = (stepAt: (minutes: number) => number, until: number) => {
  const all: number[] = []
  for (let at = 0; at <= until; at += stepAt(at)) all.push(at)
  return async (asked: { from: string; to: string }): Promise<Occurrences> => {
    const found = all.filter((at) => isoAt(at) >= asked.from && isoAt(at) <= asked.to)
    const items = found.slice(0, 100).flatMap((at) => times(at, at))
    return { ...asked, items, truncated: found.length > 100 }
  }
}
const day = { from: isoAt(0), to: isoAt(1440) }

describe('the newest times of a period', () => {
  it('are all of them where the server tells all', async () => {
    const found = await newestOf(
      server(() => 60, 1440),
      day,
    )
    expect(found.items).toHaveLength(25)
    expect(found.truncated).toBe(false)
  })

  it('reach up to its end where it has more, and say that there are more', async () => {
    const found = await newestOf(
      server(() => 1, 1440),
      day,
    )
    expect(found.items.at(-1)?.at).toBe(isoAt(1440))
    expect(found.items.length).toBeGreaterThan(90)
    expect(found.truncated).toBe(true)
  })

  it('reach up to its end where times are denser there', async () => {
    const found = await newestOf(
      server((at) => (at < 1000 ? 10 : 1), 1440),
      day,
    )
    expect(found.items.at(-1)?.at).toBe(isoAt(1440))
    expect(found.truncated).toBe(true)
  })
})
