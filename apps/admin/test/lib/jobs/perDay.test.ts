import { expect, it } from 'vitest'
import { perDay } from '../../../src/lib/jobs/perDay.ts'

const minute = 60_000

it('a schedule of every minute makes 1440 runs a day, one of every day makes one', () => {
  expect(perDay([0, minute, 2 * minute])).toBe(1440)
  expect(perDay([0, 1440 * minute])).toBe(1)
})

it('of one run or none nothing is told', () => {
  expect([perDay([]), perDay([5])]).toEqual([null, null])
})
