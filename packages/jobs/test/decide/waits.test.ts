import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { waitsOf } from '../../src/decide/waits.ts'

const second = 1000
const wait = (from: number, until: number, count = 1) => ({
  from: from * second,
  until: until * second,
  count,
})

describe('the waits of a run', () => {
  it('are told together where several recipients were told of the same', () => {
    expect(waitsOf([wait(0, 30), wait(1, 29), wait(30, 40), wait(41, 45)])).toEqual([
      wait(0, 40, 3),
      wait(41, 45),
    ])
  })

  it('are one stretch where there are more than can be read', () => {
    const many = Array.from({ length: 21 }, (_, index) => wait(index * 10, index * 10 + 5))
    expect(waitsOf(many.slice(1))).toHaveLength(20)
    expect(waitsOf(many)).toEqual([wait(0, 205, 21)])
  })

  it('neither overlap nor lose one that was asked for', () => {
    const some = fc.array(fc.tuple(fc.nat(500), fc.nat(60), fc.integer({ min: 1, max: 9 })))
    fc.assert(
      fc.property(some, (drawn) => {
        const waits = drawn
          .map(([from, length, count]) => wait(from, from + length, count))
          .sort((a, b) => a.from - b.from)
        const all = waitsOf(waits)
        const sum = (of: typeof waits) => of.reduce((total, { count }) => total + count, 0)
        expect(sum(all)).toBe(sum(waits))
        for (const [index, { until }] of all.entries())
          expect(all[index + 1]?.from ?? Number.POSITIVE_INFINITY).toBeGreaterThan(until)
        for (const { from, until } of waits)
          expect(all.some((one) => one.from <= from && until <= one.until)).toBe(true)
      }),
    )
  })
})
