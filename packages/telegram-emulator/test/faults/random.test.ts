import { expect, it } from 'vitest'
import { createRandom } from '../../src/faults/random.ts'

it('gives the numbers of mulberry32', () => {
  const random = createRandom(1)
  expect([random(), random(), random()]).toEqual([
    0.6270739405881613, 0.002735721180215478, 0.5274470399599522,
  ])
})

it.each([0, 1, 2, -5, 2 ** 40])('spreads its numbers evenly from seed %s', (seed) => {
  const random = createRandom(seed)
  const tenths = Array<number>(10).fill(0)
  for (let draw = 0; draw < 10_000; draw++) {
    const tenth = Math.floor(random() * 10)
    tenths[tenth] = (tenths[tenth] ?? 0) + 1
  }
  for (const share of tenths) expect(Math.abs(share - 1000)).toBeLessThan(150)
})
