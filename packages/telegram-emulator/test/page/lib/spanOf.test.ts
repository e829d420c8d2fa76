import { expect, it } from 'vitest'
import { spanOf } from '../../../page/lib/spanOf.ts'

it.each([
  [-5, '0 s'],
  [12_400, '12 s'],
  [180_000, '3 min'],
  [7_200_000, '2 h'],
  [432_000_000, '5 d'],
])('%i ms are %s', (ms, words) => {
  expect(spanOf(ms)).toBe(words)
})
