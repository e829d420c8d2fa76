import { createIndexedHeap } from './indexedHeap.ts'
import type { Lane } from './rateLimits.ts'

/** A message that waits for its turn; it knows its neighbours, so that it can leave from anywhere at once. */
export interface Waiting {
  readonly chatId: number
  readonly lane: Lane
  /** Rises by one with each that begins to wait. */
  readonly order: number
  before: Waiting | null
  after: Waiting | null
}

/** The messages of one lane that wait for one chat, first come first served. */
export interface Line {
  first: Waiting | null
  last: Waiting | null
}

export const emptyLine = (): Line => ({ first: null, last: null })

export function appendTo(line: Line, waiting: Waiting): void {
  waiting.before = line.last
  if (line.last) line.last.after = waiting
  else line.first = waiting
  line.last = waiting
}

export function removeFrom(line: Line, { before, after }: Waiting): void {
  if (before) before.after = after
  else line.first = after
  if (after) after.before = before
  else line.last = before
}

/** Takes out all that wait, in order. */
export function emptyOut(line: Line): Waiting[] {
  const all: Waiting[] = []
  for (let next = line.first; next; next = next.after) all.push(next)
  line.first = null
  line.last = null
  return all
}

/** The lines of one lane, by when their chats may be written to. */
export interface Lines {
  /** Files a line anew: after its first has changed, or the time from which its chat may be written to. */
  file(line: Line, freeAt: number, now: number): void
  /** Of the chats that may be written to now, the one that waits longest. */
  ready(now: number): Line | null
  /** When there is a line that is ready; Infinity when not before something else happens. */
  readyAt(now: number): number
}

export function createLines(): Lines {
  const ready = createIndexedHeap<Line>()
  const later = createIndexedHeap<Line>()
  const file = (line: Line, freeAt: number, now: number): void => {
    const isReady = line.first !== null && freeAt <= now
    if (line.first && isReady) ready.set(line, line.first.order)
    else ready.delete(line)
    if (line.first && !isReady && freeAt < Number.POSITIVE_INFINITY) later.set(line, freeAt)
    else later.delete(line)
  }
  const makeReady = (now: number): void => {
    for (let next = later.first(); next && next.key <= now; next = later.first())
      file(next.item, next.key, now)
  }
  return {
    file,
    ready(now) {
      makeReady(now)
      return ready.first()?.item ?? null
    },
    readyAt(now) {
      makeReady(now)
      return ready.size() > 0 ? now : (later.first()?.key ?? Number.POSITIVE_INFINITY)
    },
  }
}
