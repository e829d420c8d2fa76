import type { Occurrence } from '@kamihi/store'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Due, decideOccurrences, onTimeMs } from '../../src/decide/occurrences.ts'
import { parseSchedule, type Schedule } from '../../src/schedule/parse.ts'
import { nextRunAt } from '../../src/schedule/times.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const now = Date.UTC(2026, 10, 24, 8, 0, 5)

const scheduleOf = (expression: string, zone = 'UTC'): Schedule => {
  const parsed = parseSchedule(expression, zone, { allowSeconds: true })
  if (parsed.kind === 'refused') throw new Error(parsed.reason)
  return parsed.schedule
}
const due = (nextRunAt: number, more: Partial<Due> & { expression?: string } = {}) =>
  decideOccurrences({
    schedule: scheduleOf(more.expression ?? '* * * * *'),
    nextRunAt,
    now,
    catchUp: 'latest',
    catchUpWindowSeconds: 3600,
    actionLoaded: true,
    ...more,
  })
/** Minutes before 08:00. */
const at = (minutesAgo: number) => Date.UTC(2026, 10, 24, 8) - minutesAgo * minute
const run = (scheduledFor: number): Occurrence => ({ kind: 'run', scheduledFor })
const missed = (from: number, to: number, count: number): Occurrence => ({ kind: 'missed', from, to, count })

describe('a tick', () => {
  it('runs what is due and moves the cursor on', () => {
    expect(due(at(0))).toEqual({ occurrences: [run(at(0))], nextRunAt: at(-1) })
  })

  it.each(['latest', 'skip', 'all'] as const)('runs what is up to 60 s late, with catch-up %s', (catchUp) => {
    const late = (ms: number) =>
      due(at(0), { expression: '0 8 * * *', catchUp, catchUpWindowSeconds: 0, now: at(0) + ms }).occurrences
    expect(late(onTimeMs)).toEqual([run(at(0))])
    expect(late(onTimeMs + 1)).toEqual([missed(at(0), at(0), 1)])
  })

  it.each(['latest', 'skip', 'all'] as const)(
    'runs only the latest of several that are on time, the others are one row, with catch-up %s (quartz #239)',
    (catchUp) => {
      const { occurrences } = due(at(0) - 45 * second, { expression: '*/10 * * * * *', catchUp })
      expect(occurrences).toEqual([missed(at(0) - 45 * second, at(0) - 10 * second, 5), run(at(0))])
    },
  )

  it('records an occurrence whose action is gone', () => {
    expect(due(at(0), { actionLoaded: false }).occurrences).toEqual([
      { kind: 'skipped', scheduledFor: at(0), reason: 'action_missing' },
    ])
  })

  it('repeats nothing when the clock went back', () => {
    const { nextRunAt: cursor } = due(at(0))
    expect(due(cursor ?? 0, { now: now - 3 * hour })).toEqual({ occurrences: [], nextRunAt: cursor })
  })

  it('runs the cursor even if the schedule would not name it any more, as after an update of the time zones', () => {
    const { occurrences, nextRunAt } = due(at(0) - 17 * second, { expression: '0 * * * *' })
    expect(occurrences).toEqual([missed(at(0) - 17 * second, at(0) - 17 * second, 1), run(at(0))])
    expect(nextRunAt).toBe(at(-60))
    expect(due(at(3) + second, { expression: '0 9 * * *' }).occurrences).toEqual([run(at(3) + second)])
  })
})

describe('after an outage', () => {
  it('the latest runs and the others are one row', () => {
    expect(due(at(10)).occurrences).toEqual([missed(at(10), at(1), 10), run(at(0))])
  })

  it('the latest runs late, if it is within the window', () => {
    const late = (window: number) =>
      due(at(600), { expression: '0 */5 * * *', now: at(0) + 7 * minute, catchUpWindowSeconds: window })
        .occurrences
    // 22:00, 00:00 and 05:00 UTC were due; 05:00 is three hours and seven minutes ago.
    expect(late(3 * 3600 + 7 * 60)).toEqual([missed(at(600), at(480), 2), run(at(180))])
    expect(late(3 * 3600 + 7 * 60 - 1)).toEqual([missed(at(600), at(180), 3)])
  })

  it('nothing runs late for a job that skips, and what is on time runs', () => {
    expect(due(at(2), { catchUp: 'skip' }).occurrences).toEqual([missed(at(2), at(1), 2), run(at(0))])
    expect(due(at(60), { expression: '0 7 * * *', catchUp: 'skip' }).occurrences).toEqual([
      missed(at(60), at(60), 1),
    ])
  })

  it('all run, oldest first, at most twenty-four; the rest is one row', () => {
    const { occurrences } = due(at(40), { catchUp: 'all' })
    const newest = Array.from({ length: 24 }, (_, index) => run(at(23 - index)))
    expect(occurrences).toEqual([missed(at(40), at(24), 17), ...newest])
  })

  it('all run that are within the window; the rest is one row', () => {
    const runs = (seconds: number) =>
      due(at(40), { catchUp: 'all', catchUpWindowSeconds: seconds }).occurrences
    expect(runs(3 * 60)).toEqual([missed(at(40), at(3), 38), run(at(2)), run(at(1)), run(at(0))])
    // 07:57 was 185 s ago.
    expect(runs(185)).toContainEqual(run(at(3)))
    expect(runs(184)).not.toContainEqual(run(at(3)))
  })

  it('all run that are late, and of those on time the latest', () => {
    const { occurrences } = due(at(0) - 80 * second, { expression: '*/20 * * * * *', catchUp: 'all' })
    expect(occurrences).toEqual([
      run(at(0) - 80 * second),
      run(at(0) - 60 * second),
      missed(at(0) - 40 * second, at(0) - 20 * second, 2),
      run(at(0)),
    ])
  })

  it('what ran and what was missed of an action that is gone is told apart', () => {
    expect(due(at(10), { actionLoaded: false }).occurrences).toEqual([
      missed(at(10), at(1), 10),
      { kind: 'skipped', scheduledFor: at(0), reason: 'action_missing' },
    ])
  })

  it('of a year the missed minutes and seconds are counted, not enumerated', () => {
    const looks = (expression: string, catchUp: Due['catchUp']) => {
      const schedule = scheduleOf(expression, 'Europe/Madrid')
      let count = 0
      const daysOf: Schedule['pattern']['daysOf'] = (month) => {
        count += 1
        return schedule.pattern.daysOf(month)
      }
      const { occurrences } = due(at(525_600), {
        schedule: { ...schedule, pattern: { ...schedule.pattern, daysOf } },
        catchUp,
      })
      return { count, row: occurrences[0] }
    }
    const minutes = looks('* * * * *', 'latest')
    expect(minutes.row).toEqual(missed(at(525_600), at(1), 525_600))
    const seconds = looks('* * * * * *', 'all')
    expect(seconds.row).toMatchObject({ kind: 'missed', from: at(525_600), count: 525_600 * 60 - 78 })
    expect(Math.max(minutes.count, seconds.count)).toBeLessThan(1000)
  })
})

describe('whatever was due', () => {
  const anySchedule = fc.constantFrom(
    ['* * * * *', 6 * hour] as const,
    ['*/7 * * * *', 2 * day] as const,
    ['0 * * * *', 30 * day] as const,
    ['0,30 1,2,3 * * *', 60 * day] as const,
    ['30 2 * * *', 300 * day] as const,
    ['0 0 1 * *', 2000 * day] as const,
    ['*/10 * * * * *', hour] as const,
    ['*/25 * * * * *', 10 * minute] as const,
    ['0,5 * * * * *', 3 * hour] as const,
  )
  const anyDue = fc
    .record({
      rule: anySchedule,
      zone: fc.constantFrom(
        'UTC',
        'Europe/Madrid',
        'America/Nuuk',
        'Australia/Lord_Howe',
        'Antarctica/Troll',
      ),
      from: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      catchUp: fc.constantFrom('latest', 'skip', 'all'),
      catchUpWindowSeconds: fc.constantFrom(0, 30, 60, 300, 3600, 86_400, 31_536_000),
    })
    .map(({ rule: [expression, longest], zone, from, part, ...rest }): Due => {
      const schedule = scheduleOf(expression, zone)
      const cursor = nextRunAt(schedule, from) ?? 0
      // Some are just due, most are late.
      return {
        ...rest,
        schedule,
        nextRunAt: cursor,
        now: cursor + Math.floor(longest * part ** 3),
        actionLoaded: true,
      }
    })
  const instantsOf = ({ schedule, nextRunAt: cursor, now }: Due) => {
    const instants: number[] = []
    for (let at: number | null = cursor; at !== null && at <= now; at = nextRunAt(schedule, at))
      instants.push(at)
    return instants
  }
  const covers = (outcome: Occurrence, instant: number) =>
    'scheduledFor' in outcome
      ? outcome.scheduledFor === instant
      : outcome.from <= instant && instant <= outcome.to
  const runsOf = (outcomes: Occurrence[]) =>
    outcomes.flatMap((outcome) => (outcome.kind === 'run' ? [outcome.scheduledFor] : []))
  const countOf = (outcomes: Occurrence[]) =>
    outcomes.reduce((sum, outcome) => sum + ('count' in outcome ? outcome.count : 1), 0)

  it('every instant until now is in exactly one outcome, and the counts are exact', () => {
    fc.assert(
      fc.property(anyDue, (given) => {
        const { occurrences } = decideOccurrences(given)
        const instants = instantsOf(given)
        expect(
          instants.filter((one) => occurrences.filter((outcome) => covers(outcome, one)).length !== 1),
        ).toEqual([])
        expect(countOf(occurrences)).toBe(instants.length)
        const ends = occurrences.flatMap((one) =>
          'scheduledFor' in one ? [one.scheduledFor] : [one.from, one.to],
        )
        expect(ends).toEqual([...ends].sort((a, b) => a - b))
        expect(ends.every((end) => instants.includes(end))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('the next is after now, and is the next of the schedule', () => {
    fc.assert(
      fc.property(anyDue, (given) => {
        const { nextRunAt: next } = decideOccurrences(given)
        expect(next).toBeGreaterThan(given.now)
        expect(next).toBe(nextRunAt(given.schedule, given.now))
      }),
    )
  })

  it('those run that the rule names, and no others', () => {
    fc.assert(
      fc.property(anyDue, (given) => {
        const { catchUp, catchUpWindowSeconds } = given
        const instants = instantsOf(given)
        const late = instants.filter((one) => given.now - one > onTimeMs)
        const onTime = instants.filter((one) => given.now - one <= onTimeMs).slice(-1)
        const inWindow = late.filter((one) => given.now - one <= catchUpWindowSeconds * 1000)
        const caughtUp = {
          skip: [],
          latest: onTime.length === 0 ? inWindow.slice(-1) : [],
          all: inWindow.slice(-(24 - onTime.length)),
        }
        const { occurrences } = decideOccurrences(given)
        expect(runsOf(occurrences)).toEqual([...caughtUp[catchUp], ...onTime])
        const rows = occurrences.filter(({ kind }) => kind === 'missed').length
        expect(rows).toBeLessThanOrEqual(catchUp === 'all' ? 2 : 1)
      }),
      { numRuns: 500 },
    )
  })

  it('a clock that jumps about, forwards and back, gives each instant one outcome', () => {
    fc.assert(
      fc.property(
        anyDue,
        fc.array(fc.integer({ min: -2 * day, max: 2 * day }), { maxLength: 12 }),
        (given, jumps) => {
          const outcomes: Occurrence[] = []
          let [clock, cursor, furthest] = [given.now, given.nextRunAt as number | null, given.nextRunAt - 1]
          for (const jump of [0, ...jumps]) {
            clock += jump
            if (cursor === null) break
            const decision = decideOccurrences({ ...given, nextRunAt: cursor, now: clock })
            outcomes.push(...decision.occurrences)
            expect(decision.nextRunAt).toBeGreaterThanOrEqual(cursor)
            cursor = decision.nextRunAt
            furthest = Math.max(furthest, clock)
          }
          const instants = instantsOf({ ...given, now: furthest })
          expect(countOf(outcomes)).toBe(instants.length)
          const runs = runsOf(outcomes)
          expect(new Set(runs).size).toBe(runs.length)
        },
      ),
      { numRuns: 200 },
    )
  })
})
