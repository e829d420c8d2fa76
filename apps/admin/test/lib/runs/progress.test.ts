import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slicesOf, type Told, tellProgress } from '../../../src/lib/runs/progress.ts'
import * as en from '../../../src/texts/index.ts'

const number = fc.nat({ max: 5000 })
const someCounts = fc
  .record({
    pending: number,
    inProgress: number,
    sent: number,
    noOutput: number,
    failed: number,
    unreachable: number,
    cancelled: number,
    expired: number,
    uncertain: number,
  })
  .map((counts) => ({ ...counts, total: Object.values(counts).reduce((sum, n) => sum + n, 0) }))

it('the slices of a run follow each other, stay inside the bar and add up to all recipients', () => {
  fc.assert(
    fc.property(someCounts, (counts) => {
      const slices = slicesOf(counts, en.states)
      expect(slices.reduce((sum, slice) => sum + slice.count, 0)).toBe(counts.total)
      for (const [index, slice] of slices.entries()) {
        const before = slices[index - 1]
        expect(slice.from).toBeCloseTo(before ? before.from + before.width : 0)
        expect(slice.from + slice.width).toBeLessThanOrEqual(100.001)
      }
    }),
  )
})

it('a dry run shows what was tried, not that there was no output', () => {
  const counts = { total: 3, pending: 0, inProgress: 0, sent: 0, noOutput: 2, failed: 1, unreachable: 0 }
  const all = { ...counts, cancelled: 0, expired: 0, uncertain: 0 }
  const words = (isDry: boolean) => slicesOf(all, en.states, isDry).map(({ word }) => word)
  expect([words(true), words(false)]).toEqual([
    ['tried, not sent', 'failed'],
    ['no output', 'failed'],
  ])
})

describe('what is said aloud of a run', () => {
  const said = (total: number, ...steps: number[]) => {
    let told: Told | null = null
    return steps.map((done) => {
      told = tellProgress(told, done, total)
      return told.done
    })
  }

  it('is how many are done', () => {
    expect(said(3, 0, 1, 2, 3)).toEqual([0, 1, 2, 3])
  })

  it('stays the same until another quarter is done', () => {
    expect(said(1000, 0, 100, 333, 400, 500, 1000)).toEqual([0, 0, 333, 333, 500, 1000])
  })
})
