import type { LiveEvent } from '@kamihi/contracts'

/** A live event with its place among those since the server started. */
export interface PlacedEvent {
  id: string
  event: LiveEvent
}

/** The last events, for readers that come back. */
export interface RecentEvents {
  add(event: LiveEvent): PlacedEvent
  /** Those after the one that a reader saw last; `missed` where some are not kept any more, or it is none of this start. */
  after(lastSeen: string): PlacedEvent[] | 'missed'
  /** The id of the newest event. */
  lastId(): string
}

/** `start` tells one start of the server from the next: its events are counted from one, and no id is given twice. */
export function createRecentEvents(start: string, kept = 256): RecentEvents {
  const recent: PlacedEvent[] = []
  let count = 0
  const idOf = (place: number) => `${start}-${place}`
  return {
    add(event) {
      count += 1
      const placed = { id: idOf(count), event }
      recent.push(placed)
      if (recent.length > kept) recent.shift()
      return placed
    },
    after(lastSeen) {
      const place = Number(/-(\d{1,15})$/.exec(lastSeen)?.[1])
      const missed = count - place
      const isOurs = lastSeen === idOf(place) && missed >= 0
      if (!isOurs || missed > recent.length) return 'missed'
      return recent.slice(recent.length - missed)
    },
    lastId: () => idOf(count),
  }
}
