import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockChange } from '../../src/decide/clockChange.ts'

const before = { wall: 1_000_000, monotonic: 500 }
const after = (wall: number, monotonic: number) =>
  clockChange(before, { wall: before.wall + wall, monotonic: before.monotonic + monotonic })

describe('the wall clock against the monotonic one', () => {
  it.each([
    ['as time goes by', 30_000, 30_000, { kind: 'none' }],
    ['with small corrections', 30_400, 30_000, { kind: 'none' }],
    ['after three hours of sleep', 10_830_000, 30_000, { kind: 'ahead', ms: 10_800_000 }],
    ['set back by an hour', -3_570_000, 30_000, { kind: 'back', ms: 3_600_000 }],
    ['after the process stood still', 180_000, 180_000, { kind: 'none' }],
  ])('%s', (_, wall, monotonic, expected) => {
    expect(after(wall, monotonic)).toEqual(expected)
  })

  it('says by how much, whatever time passed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 1e9 }), fc.nat(1e9), (step, passed) => {
        expect(after(passed + step, passed)).toEqual({ kind: 'ahead', ms: step })
        expect(after(passed - step, passed)).toEqual({ kind: 'back', ms: step })
      }),
    )
  })
})
