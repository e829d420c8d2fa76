/** What a list of the API answers with. */
interface PageLike<T> {
  items: T[]
  nextCursor: string | null
}

/** Items of all pages of a list, but not many more than `most`. */
export async function everyPage<T>(
  find: (query: { limit: number; cursor?: string }) => Promise<PageLike<T>>,
  most: number,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: PageLike<T> = await find({ limit: 200, ...(cursor ? { cursor } : {}) })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor && items.length < most)
  return items
}
