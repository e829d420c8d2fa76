/** Items by key, the least first; each item is in it once, and its key can change. Every operation is O(log n). */
export interface IndexedHeap<T> {
  /** Adds an item, or moves it when it is there. */
  set(item: T, key: number): void
  delete(item: T): void
  first(): { item: T; key: number } | undefined
  size(): number
}

interface Entry<T> {
  item: T
  key: number
}

export function createIndexedHeap<T>(): IndexedHeap<T> {
  const entries: Entry<T>[] = []
  const places = new Map<T, number>()

  const put = (entry: Entry<T>, place: number): void => {
    entries[place] = entry
    places.set(entry.item, place)
  }
  const keyAt = (place: number): number => entries[place]?.key ?? Number.POSITIVE_INFINITY

  const rise = (entry: Entry<T>, from: number): number => {
    let place = from
    while (place > 0) {
      const above = (place - 1) >> 1
      const parent = entries[above]
      if (!parent || parent.key <= entry.key) break
      put(parent, place)
      place = above
    }
    return place
  }
  const sink = (entry: Entry<T>, from: number): number => {
    let place = from
    for (;;) {
      const left = 2 * place + 1
      const lesser = keyAt(left + 1) < keyAt(left) ? left + 1 : left
      const child = entries[lesser]
      if (!child || child.key >= entry.key) return place
      put(child, place)
      place = lesser
    }
  }
  const settle = (entry: Entry<T>, place: number): void => {
    put(entry, sink(entry, rise(entry, place)))
  }

  return {
    set(item, key) {
      settle({ item, key }, places.get(item) ?? entries.length)
    },
    delete(item) {
      const place = places.get(item)
      if (place === undefined) return
      places.delete(item)
      const last = entries.pop()
      if (last && place < entries.length) settle(last, place)
    },
    first: () => entries[0],
    size: () => entries.length,
  }
}
