import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CronPlan,
  evenMinutes,
  expressionOf,
  planFrom,
  planKinds,
  planOf,
} from '../../../src/lib/jobs/cronBuilder.ts'

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const plans: fc.Arbitrary<CronPlan> = fc.oneof(
  fc.record({ kind: fc.constant('minutes' as const), every: fc.constantFrom(...evenMinutes) }),
  fc.record({ kind: fc.constant('hourly' as const), minute: fc.integer({ min: 0, max: 59 }) }),
  fc.record({ kind: fc.constantFrom('daily' as const, 'weekdays' as const, 'lastDay' as const), time }),
  fc.record({ kind: fc.constant('weekly' as const), weekday: fc.integer({ min: 0, max: 6 }), time }),
  fc.record({ kind: fc.constant('monthly' as const), day: fc.integer({ min: 1, max: 31 }), time }),
)

describe('the builder of schedules', () => {
  it('reads back each plan from the expression that it wrote', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(planOf(expressionOf(plan))).toEqual(plan)
      }),
    )
  })

  it.each([
    '0 9 1 * 1',
    '*/7 * * * *',
    '0 9-17 * * *',
    '0 9 * 1 *',
    '0 9 * * mon',
    '30 2 L-3 * *',
    '@daily',
    '0 0 9 * * *',
    '',
    '61 9 * * *',
  ])('leaves %s as it is: no plan says the same', (expression) => {
    expect(planOf(expression)).toBeNull()
  })

  it('takes any text for a plan or leaves it alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const plan = planOf(text)
        if (plan) expect(planOf(expressionOf(plan))).toEqual(plan)
      }),
    )
  })

  it('keeps the time when another kind is chosen', () => {
    expect(planFrom('weekly', { kind: 'daily', time: '18:30' })).toEqual({
      kind: 'weekly',
      weekday: 1,
      time: '18:30',
    })
    for (const kind of planKinds) expect(planFrom(kind, null).kind).toBe(kind)
  })
})
