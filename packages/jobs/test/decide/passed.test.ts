import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideDue } from '../../src/decide/due.ts'
import { type Hold, holdsOf } from '../../src/decide/holds.ts'
import { passedOccurrences } from '../../src/decide/passed.ts'
import { nextRunAt, parseSchedule } from '../../src/index.ts'
import { countRuns, latestRunAt } from '../../src/schedule/times.ts'

const minute = 60_000
const start = Date.UTC(2026, 10, 24, 8)
const at = (minutes: number) => start + minutes * minute
const schedule = scheduleOf('* * * * *')

function scheduleOf(expression: string, zone = 'UTC') {
  const parsed = parseSchedule(expression, zone)
  if (parsed.kind === 'refused') throw new Error(parsed.reason)
  return parsed.schedule
}

const hold = (from: number, until: number): Hold => ({
  scope: 'scheduler',
  by: 'Ana',
  reason: null,
  from: at(from),
  until: at(until),
})
const shapeOf = (rows: ReturnType<typeof passedOccurrences>) =>
  rows.map(({ kind, from, to, count }) => [kind, (from - start) / minute, (to - start) / minute, count])

describe('what passed', () => {
  it('in a pause is one row', () => {
    expect(shapeOf(passedOccurrences(schedule, at(0), at(10), [hold(0, 10)]))).toEqual([
      ['paused', 0, 10, 11],
    ])
  })

  it('before and after a pause is missed, each stretch one row', () => {
    expect(shapeOf(passedOccurrences(schedule, at(0), at(10), [hold(3, 5)]))).toEqual([
      ['missed', 0, 2, 3],
      ['paused', 3, 5, 3],
      ['missed', 6, 10, 5],
    ])
  })

  it('in two pauses that overlap is counted once', () => {
    expect(shapeOf(passedOccurrences(schedule, at(0), at(10), [hold(0, 6), hold(4, 20)]))).toEqual([
      ['paused', 0, 6, 7],
      ['paused', 7, 10, 4],
    ])
  })

  it('is each occurrence in exactly one row, whatever the schedule and the pauses', () => {
    const expressions = ['* * * * *', '*/7 * * * *', '30 2 * * *', '0 9 * * 1-5', '15,45 8-10 * * *']
    const stretch = fc.tuple(fc.integer({ min: -500, max: 9000 }), fc.integer({ min: 0, max: 3000 }))
    fc.assert(
      fc.property(
        fc.constantFrom(...expressions),
        fc.constantFrom('UTC', 'Europe/Madrid', 'America/New_York'),
        fc.array(stretch, { maxLength: 4 }),
        fc.integer({ min: 0, max: 10_000 }),
        (expression, zone, stretches, length) => {
          const any = scheduleOf(expression, zone)
          const first = nextRunAt(any, start) as number
          const until = first + length * minute
          const holds = stretches.map(([from, ms]) => hold(from, from + ms)).sort((a, b) => a.from - b.from)
          const rows = passedOccurrences(any, first, until, holds)
          expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(1 + countRuns(any, first, until))
          expect(rows[0]?.from).toBe(first)
          expect(rows.at(-1)?.to).toBe(latestRunAt(any, until))
          for (const [index, row] of rows.entries()) {
            const next = rows[index + 1]
            if (next) expect(next.from).toBe(nextRunAt(any, row.to))
            const held = (instant: number) =>
              holds.some(({ from, until: to }) => from <= instant && instant <= to)
            expect([held(row.from), held(row.to)]).toEqual(Array(2).fill(row.kind === 'paused'))
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('a tick after a pause of the scheduler', () => {
  const due = {
    schedule,
    nextRunAt: at(0),
    catchUp: 'all',
    catchUpWindowSeconds: 86_400,
    actionLoaded: true,
  } as const

  it('runs nothing of the pause, nor of what was open before it, and all that came after', () => {
    const { occurrences, nextRunAt: next } = decideDue({ ...due, now: at(12) + 5000 }, [hold(4, 10)])
    expect(occurrences).toMatchObject([
      { kind: 'missed', from: at(0), to: at(3), count: 4 },
      { kind: 'paused', from: at(4), to: at(10), count: 7, by: 'Ana' },
      { kind: 'run', scheduledFor: at(11) },
      { kind: 'run', scheduledFor: at(12) },
    ])
    expect(next).toBe(at(13))
  })

  it('is as any other where the pause was over before', () => {
    expect(decideDue({ ...due, now: at(0) + 5000 }, [hold(-20, -5)]).occurrences).toEqual([
      { kind: 'run', scheduledFor: at(0) },
    ])
  })
})

describe('what a pause holds', () => {
  const paused = { pausedAt: at(5), pausedBy: 'Ana', pauseReason: 'holiday' }

  it('is what had its time within the minute before, too', () => {
    const [own] = holdsOf(paused, { current: null, ended: [] }, at(9))
    expect(own).toEqual({ scope: 'job', by: 'Ana', reason: 'holiday', from: at(4), until: at(9) })
  })

  it('comes from the job and from the scheduler, soonest first', () => {
    const pauses = {
      current: { at: at(8), by: 'Luis', reason: null },
      ended: [{ at: at(1), until: at(2), by: 'Eva', reason: null }],
    }
    expect(holdsOf(paused, pauses, at(9)).map(({ by, until }) => [by, until])).toEqual([
      ['Eva', at(2)],
      ['Ana', at(9)],
      ['Luis', at(9)],
    ])
  })
})
