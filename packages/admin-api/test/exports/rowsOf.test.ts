import type { Page, PageQuery } from '@kamihi/contracts'
import { expect, it } from 'vitest'
import { firstPage, rowsOf } from '../../src/exports/rowsOf.ts'

/** A list of numbers that comes in pages of two, and the pages that were asked for. */
function listOf(total: number) {
  const asked: (string | undefined)[] = []
  const read = async ({ cursor }: PageQuery): Promise<Page<number>> => {
    asked.push(cursor)
    const from = Number(cursor ?? 0)
    const items = Array.from({ length: Math.min(2, total - from) }, (_, index) => from + index)
    const nextCursor = from + 2 < total ? String(from + 2) : null
    return { items, nextCursor, total, totalIsExact: true }
  }
  return { asked, read }
}

it('goes through all pages, and reads none before the one before it was taken', async () => {
  const { asked, read } = listOf(5)
  const pages = rowsOf(read, await firstPage(read))
  expect((await pages.next()).value).toEqual([0, 1])
  expect(asked).toEqual([undefined])
  expect((await pages.next()).value).toEqual([2, 3])
  expect(asked).toEqual([undefined, '2'])
  expect((await pages.next()).value).toEqual([4])
  expect((await pages.next()).done).toBe(true)
})

it('is one empty page of a list that holds nothing', async () => {
  const { read } = listOf(0)
  const pages: number[][] = []
  for await (const items of rowsOf(read, await firstPage(read))) pages.push(items)
  expect(pages).toEqual([[]])
})
