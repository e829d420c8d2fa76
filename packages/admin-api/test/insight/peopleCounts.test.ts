import { expect, it } from 'vitest'
import { createPeopleCounts } from '../../src/insight/peopleCounts.ts'

const weeks = { thisWeek: { from: 10, to: 20 }, lastWeek: { from: 0, to: 10 } }
const minute = 60_000

/** Counting ends when it is told to. */
function slowly() {
  const asked: number[] = []
  const ends: (() => void)[] = []
  const peopleReached = ({ from }: { from: number }) => {
    asked.push(from)
    return new Promise<number>((resolve) => ends.push(() => resolve(from + 1)))
  }
  const endOne = async () => {
    ends.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { asked, endOne, people: createPeopleCounts({ peopleReached }) }
}

it('waits for numbers that are soon known', async () => {
  const people = createPeopleCounts({ peopleReached: async ({ from }) => from + 1 })
  expect(await people.of(weeks, 100, 0)).toEqual({ thisWeek: 11, lastWeek: 1 })
})

it('answers at once while very many are counted, counts once for all who ask, and remembers for five minutes', async () => {
  const { asked, endOne, people } = slowly()
  expect(await people.of(weeks, 1_000_000, 0)).toBeNull()
  expect(await people.of(weeks, 1_000_000, 0)).toBeNull()
  await endOne()
  await endOne()
  expect(asked).toEqual([10, 0])
  expect(await people.of(weeks, 1_000_000, 5 * minute)).toEqual({ thisWeek: 11, lastWeek: 1 })
  expect(asked).toHaveLength(2)
  expect(await people.of(weeks, 1_000_000, 6 * minute)).toEqual({ thisWeek: 11, lastWeek: 1 })
  expect(asked).toHaveLength(3)
})
