import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSchedule } from '../../src/schedule/parse.ts'
import { latestRunAt, nextRunAt } from '../../src/schedule/times.ts'
import { randomExpression, randomFrom } from './oracle/random.ts'

const refusal = (expression: string, allowSeconds = false) => {
  const parsed = parseSchedule(expression, 'UTC', { allowSeconds })
  if (parsed.kind === 'valid') throw new Error(`${expression} is accepted`)
  return parsed
}
const isAccepted = (expression: string, allowSeconds = false) =>
  parseSchedule(expression, 'UTC', { allowSeconds }).kind === 'valid'

describe('a cron expression', () => {
  it.each([
    ['0 9 * * 7', 'Sunday as 7'],
    ['0 9 * * 0', 'Sunday as 0'],
    ['0 9 * * sun', 'names'],
    ['0 9 * JAN,feb MON-Fri', 'names in any case, lists and ranges of them'],
    ['0 9 L * *', 'the last day'],
    ['0 9 lw * *', 'the last working day'],
    ['0 9 15W * *', 'the working day nearest to a date'],
    ['0 9 * * mon#2', 'the second Monday'],
    ['0 9 * * friL', 'the last Friday'],
    ['0 9 1 * +mon', 'day of month and weekday both'],
    ['0 9 ? * 1', 'a question mark for any'],
    ['10-50/20,5 */2 * * *', 'steps in lists'],
    ['@daily', 'nicknames'],
    ['@Hourly', 'nicknames in any case'],
    ['  0\t9  * * *  ', 'any white space'],
    ['0 0 29 2 *', 'what fires once in four years'],
    ['0 0 29 2 +mon', 'what fires once in 28 or 40 years'],
    ['0 0 22 2 +monL', 'what fires in years that are no leap years only'],
    ['0 0 30 2 1', 'a date that does not exist, beside a weekday that does'],
  ])('%j is accepted (%s)', (expression) => {
    expect(isAccepted(expression)).toBe(true)
  })

  it.each([
    ['', 'It is empty.'],
    ['   ', 'It is empty.'],
    ['* * *', 'It has 3 fields; five are expected (minute hour day month weekday).'],
    ['daily', 'It has 1 field; five are expected (minute hour day month weekday).'],
    ['* '.repeat(200), 'It has 399 characters; at most 256 are allowed.'],
    ['2026-11-24T08:00', 'It is a date; a cron expression is expected.'],
    ['2026-11-24 08:00', 'It is a date; a cron expression is expected.'],
    [
      '@sometimes',
      'There is no nickname "@sometimes"; known are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly.',
    ],
    ['99 * * * *', 'The minute 99 is out of range; 0-59 are allowed.'],
    ['0 24 * * *', 'The hour 24 is out of range; 0-23 are allowed.'],
    ['0 9 32 * *', 'The day of month 32 is out of range; 1-31 are allowed.'],
    ['0 9 0 * *', 'The day of month 0 is out of range; 1-31 are allowed.'],
    ['0 9 1 13 *', 'The month 13 is out of range; 1-12 are allowed.'],
    ['0 9 * * 8', 'The weekday 8 is out of range; 0-7 are allowed.'],
    ['0 9 * * 1-9', 'The weekday 9 is out of range; 0-7 are allowed.'],
    ['0 9 * * mon#6', 'The weekday #6 is out of range; #1-#5 are allowed.'],
    ['*/90 * * * *', 'The step 90 of the minute is out of range; 1-60 are allowed.'],
    ['0 */0 * * *', 'The step 0 of the hour is out of range; 1-24 are allowed.'],
    [
      '0 9 * * mo',
      '"mo" is not allowed in the weekday; allowed are 0-7, sun, mon, tue, wed, thu, fri, sat, L.',
    ],
    ['0 nine * * *', '"nine" is not allowed in the hour; allowed are 0-23.'],
    ['0 9 H * *', '"H" is not allowed in the day of month; allowed are 1-31, L, W, LW.'],
    ['1,,2 * * * *', 'The list "1,,2" of the minute has an empty place.'],
    ['0 9 L,LW * *', '"L,LW" is not understood as the day of month: its parts do not go together.'],
    ['0 0 31 2 *', 'It never fires: there is no such date.'],
    ['0 0 31 4,6,9,11 *', 'It never fires: there is no such date.'],
    ['0 0 1 * +mon#2', 'It never fires: there is no such date.'],
  ])('%j is refused with a reason that says what was given and what is allowed', (expression, reason) => {
    expect(refusal(expression).reason).toBe(reason)
  })

  it.each([
    ['5/15 * * * *', '5-59/15 * * * *'],
    ['0/15 * * * *', '*/15 * * * *'],
    ['/15 * * * *', '*/15 * * * *'],
    ['0 9/2 5/10 3/3 1/2', '0 9-23/2 5-31/10 3-12/3 1-6/2'],
    ['0 0 9 * * *', '0 9 * * *'],
    ['0 0 5 * * ? *', '0 5 * * ?'],
    ['0 22-2 * * *', '0 22-23,0-2 * * *'],
    ['0 9 * * fri-mon', '0 9 * * fri-sat,sun-mon'],
    ['0 9 * * sat-mon', '0 9 * * sat,sun-mon'],
    ['0 9 * nov-jan *', '0 9 * nov-dec,jan *'],
    ['0 9 * * Monday', '0 9 * * mon'],
    ['0 9 1 September *', '0 9 1 sep *'],
    ['0 9 * * L5', '0 9 * * 5L'],
    ['0 9 W15 * *', '0 9 15W * *'],
    ['@every 5m', '*/5 * * * *'],
    ['@every 2h', '0 */2 * * *'],
  ])('%j is refused with the one to use instead, %j', (expression, suggestion) => {
    expect(refusal(expression).suggestion).toBe(suggestion)
  })

  it.each([
    ['30 0 9 * * *', 'its seconds would be lost'],
    ['0 0 31 2 * *', 'the rest never fires'],
    ['0 99 9 * * *', 'the rest is refused'],
    ['5/90 * * * *', 'the step is out of range too'],
    ['@every 90m', 'it is no interval of cron'],
    ['0 0 5 * * ? 2030', 'a year cannot be left out'],
  ])('%j is refused without one, because %s', (expression) => {
    expect(refusal(expression).suggestion).toBeUndefined()
  })

  it('has six fields only where seconds are allowed', () => {
    expect(isAccepted('30 0 9 * * *')).toBe(false)
    expect(isAccepted('30 0 9 * * *', true)).toBe(true)
    expect(isAccepted('0 9 * * *', true)).toBe(true)
    expect(refusal('30 0 9 * * *').reason).toBe(
      'It has six fields; five are expected (minute hour day month weekday). Seconds are accepted when jobs.allow_seconds is true.',
    )
    expect(refusal('* * *', true).reason).toBe(
      'It has 3 fields; five (minute hour day month weekday) or six (second minute hour day month weekday) are expected.',
    )
    expect(refusal('5/15 * * * * *', true)).toMatchObject({
      reason: expect.stringMatching(/of the second/),
      suggestion: '5-59/15 * * * * *',
    })
  })

  it('is read once for all zones, and forgotten when many others were used since', () => {
    const patternOf = (expression: string, zone: string) => {
      const parsed = parseSchedule(expression, zone)
      return parsed.kind === 'valid' ? parsed.schedule.pattern : null
    }
    const pattern = patternOf('7 3 * * *', 'UTC')
    expect(patternOf('7 3 * * *', 'Europe/Madrid')).toBe(pattern)
    for (let index = 0; index < 2100; index += 1)
      patternOf(`${index % 60} ${Math.floor(index / 60) % 24} ${1 + Math.floor(index / 1440)} * 1`, 'UTC')
    expect(patternOf('7 3 * * *', 'UTC')).not.toBe(pattern)
  })
})

describe('any text', () => {
  const field = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('*', '*/5', '1', '0', '59', '1-5', 'mon', 'jan', 'L', 'LW', '7', '1,2', '?'),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '99',
        '5/15',
        'fri-mon',
        '1#5',
        '31W',
        '+1',
        '6L',
        'monday',
        '1,,2',
        '0-7',
        '/',
      ),
    },
    { weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
  )
  const text = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.array(field, { minLength: 4, maxLength: 7 }).map((fields) => fields.join(' ')),
    fc.integer().map((seed) => randomExpression(randomFrom(seed), seed % 2 === 0)),
  )
  const instant = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) })

  it('is refused with a reason, or fires, before and after every instant', () => {
    fc.assert(
      fc.property(text, fc.boolean(), instant, (expression, allowSeconds, at) => {
        const parsed = parseSchedule(expression, 'Europe/Madrid', { allowSeconds })
        if (parsed.kind === 'refused') expect(parsed.reason).toMatch(/^.{8,}\.$/s)
        else {
          expect(nextRunAt(parsed.schedule, at)).toBeGreaterThan(at)
          expect(latestRunAt(parsed.schedule, at)).toBeLessThanOrEqual(at)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('that is refused has no suggestion but one that is accepted', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (expression, allowSeconds) => {
        const parsed = parseSchedule(expression, 'UTC', { allowSeconds })
        if (parsed.kind === 'refused' && parsed.suggestion !== undefined)
          expect([expression, parsed.suggestion, isAccepted(parsed.suggestion, allowSeconds)]).toEqual([
            expression,
            parsed.suggestion,
            true,
          ])
      }),
      { numRuns: 1000 },
    )
  })
})
