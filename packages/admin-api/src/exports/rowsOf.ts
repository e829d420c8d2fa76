import { setImmediate } from 'node:timers/promises'
import type { Page, PageQuery } from '@kamihi/contracts'

const pageSize = 200

/** A list to its end, page by page: however long it is, one page of it is held. Between pages, others get their turn. */
export async function* rowsOf<T>(
  read: (place: PageQuery) => Promise<Page<T>>,
  first: Page<T>,
): AsyncGenerator<T[]> {
  let page = first
  yield page.items
  while (page.nextCursor !== null) {
    await setImmediate()
    page = await read({ limit: pageSize, cursor: page.nextCursor })
    yield page.items
  }
}

/** The first page of a list, read before anything is answered, so that a list that cannot be read is refused. */
export const firstPage = <T>(read: (place: PageQuery) => Promise<Page<T>>): Promise<Page<T>> =>
  read({ limit: pageSize })
