import { describe, expect, it } from 'vitest'
import { parseSchedule, type Schedule } from '../../src/schedule/parse.ts'
import { latestRunAt, nextRunAt } from '../../src/schedule/times.ts'
import { decidedOtherwise } from './vectors/decidedOtherwise.ts'
import { croner, cronerPrevious } from './vectors/published.croner.ts'
import { croniter } from './vectors/published.croniter.ts'
import { croniterPrevious } from './vectors/published.croniterPrevious.ts'
import { cronParser, cronParserPrevious } from './vectors/published.cronParser.ts'
import { published } from './vectors/published.ts'
import { refused } from './vectors/refused.ts'
import type { Source } from './vectors/vectors.types.ts'

const schedule = (expression: string, zone: string): Schedule => {
  const parsed = parseSchedule(expression, zone, { allowSeconds: true })
  if (parsed.kind === 'refused') throw new Error(`${expression}: ${parsed.reason}`)
  return parsed.schedule
}
const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())
const isoOf = (text: string) => new Date(text).toISOString()

/** As many times as are expected, one after the other. */
function follow(from: string, count: number, step: (at: number) => number | null): (string | null)[] {
  const found: (string | null)[] = []
  for (let at: number | null = Date.parse(from); at !== null && found.length < count; ) {
    at = step(at)
    found.push(iso(at))
  }
  return found
}

const rows = (sources: Source[]) =>
  sources.flatMap(({ name, vectors }) => vectors.map((vector) => ({ name, ...vector })))

describe('published vectors of other schedulers', () => {
  it.each(rows([...published, croniter, croner, cronParser]))(
    'hold: $expression in $zone after $from ($name)',
    ({ expression, zone, from, expected }) => {
      const parsed = schedule(expression, zone)
      expect(follow(from, expected.length, (at) => nextRunAt(parsed, at))).toEqual(expected.map(isoOf))
    },
  )

  it.each(rows([croniterPrevious, cronerPrevious, cronParserPrevious]))(
    'hold: $expression in $zone before $from ($name)',
    ({ expression, zone, from, expected }) => {
      const parsed = schedule(expression, zone)
      expect(follow(from, expected.length, (at) => latestRunAt(parsed, at - 1))).toEqual(expected.map(isoOf))
    },
  )

  it.each(decidedOtherwise)(
    'are decided otherwise: $expression in $zone, because $because ($source)',
    ({ expression, zone, from, theirs, ours }) => {
      expect(ours).not.toBe(theirs)
      expect(iso(nextRunAt(schedule(expression, zone), Date.parse(from)))).toBe(isoOf(ours))
    },
  )

  it.each(refused)(
    'are refused with a reason where they are of a dialect: %s, %j',
    (_, expression, reason, suggestion) => {
      const parsed = parseSchedule(expression, 'UTC')
      expect(parsed).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) })
      if (parsed.kind === 'refused') expect(parsed.suggestion).toBe(suggestion)
    },
  )
})
