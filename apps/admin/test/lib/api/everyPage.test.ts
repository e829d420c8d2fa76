import { expect, it } from 'vitest'
import { everyPage } from '../../../src/lib/api/everyPage.ts'

/** A list of numbers, two a page, that notes what it was asked for. */
function pages(count: number) {
  const asked: (string | undefined)[] = []
  const find = async ({ cursor }: { limit: number; cursor?: string }) => {
    asked.push(cursor)
    const from = Number(cursor ?? 0)
    return { items: [from, from + 1], nextCursor: from + 2 < count ? String(from + 2) : null }
  }
  return { find, asked }
}

it('reads a list to its end', async () => {
  const { find, asked } = pages(6)
  expect(await everyPage(find, 100)).toEqual([0, 1, 2, 3, 4, 5])
  expect(asked).toEqual([undefined, '2', '4'])
})

it('stops when it has enough', async () => {
  const { find, asked } = pages(1000)
  expect(await everyPage(find, 3)).toEqual([0, 1, 2, 3])
  expect(asked).toHaveLength(2)
})
