import type { Page, PageQuery } from '@kamihi/contracts'

const pageSize = 200

/** Reads a list to its end, page by page. For a list that people read whole, not for deliveries or audit. */
export async function everyItem<T>(list: (query: PageQuery) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await list({ limit: pageSize, ...(cursor ? { cursor } : {}) })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor)
  return items
}
