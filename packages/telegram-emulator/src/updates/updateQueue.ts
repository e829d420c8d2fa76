import { chooseKinds, isChosen, kindOf, lifetimeMs } from './updateKinds.ts'

export interface Update {
  update_id: number
  [kind: string]: unknown
}

/** A queue as plain data, for saving to JSON. */
export interface UpdateQueueState {
  nextId: number
  allowed: string[] | null
  updates: QueuedUpdate[]
}

export interface QueuedUpdate {
  update: Update
  /** Epoch milliseconds, after which nobody gets it any more. */
  expiresAt: number
}

/** What a bot has not confirmed yet, oldest first; holds 100 000 at most and drops the oldest beyond. */
export interface UpdateQueue {
  /** Queues it, unless its kind is not among those the bot asked for; null then. */
  add(content: Record<string, unknown>): Update | null
  /**
   * Confirms (drops) everything below the offset; a negative one keeps the last -offset only. 0 does nothing,
   * and neither does one that is far ahead of what was given out: the real server takes it for a stranger's.
   */
  confirm(offset: number): void
  /** The oldest, without dropping them. */
  take(limit: number): Update[]
  remove(updateId: number): void
  /** Until when it waits; undefined when it does not, being confirmed, dropped or too old. */
  expiresAt(updateId: number): number | undefined
  pending(): number
  /** Narrows what comes from then on; undefined leaves what was said before, [] is the default set. */
  allow(kinds: string[] | undefined): void
  /** Null: the default set, all but chat_member, message_reaction and message_reaction_count. */
  allowed(): string[] | null
  drop(): void
  /** Calls back after each add; returns its own undo. */
  onAdded(listener: (update: Update) => void): () => void
  state(): UpdateQueueState
  /** Replaces what it holds and tells nobody: for the start, before anyone takes updates. */
  load(state: UpdateQueueState): void
}

const MOST_PENDING = 100_000
/** How far beyond the next id the real server believes an offset (td, TQueue.cpp). */
const BELIEVED_AHEAD = 10

export function createUpdateQueue(now: () => number, firstId: number): UpdateQueue {
  const queued = new Map<number, QueuedUpdate>()
  const listeners = new Set<(update: Update) => void>()
  let nextId = firstId
  let allowed: string[] | null = null
  /** No queued update expires before. Spares looking through all of them at each call. */
  let firstExpiry = Number.POSITIVE_INFINITY

  const enqueue = (entry: QueuedUpdate) => {
    queued.set(entry.update.update_id, entry)
    firstExpiry = Math.min(firstExpiry, entry.expiresAt)
  }
  const dropWhile = (condition: (id: number) => boolean) => {
    for (const id of queued.keys()) {
      if (!condition(id)) return
      queued.delete(id)
    }
  }
  const expire = () => {
    if (firstExpiry >= now()) return
    firstExpiry = Number.POSITIVE_INFINITY
    for (const [id, { expiresAt }] of queued) {
      if (expiresAt < now()) queued.delete(id)
      else firstExpiry = Math.min(firstExpiry, expiresAt)
    }
  }

  return {
    add(content) {
      const kind = kindOf(content)
      if (!isChosen(kind, allowed)) return null
      const update = { ...content, update_id: nextId++ }
      enqueue({ update, expiresAt: now() + lifetimeMs(kind) })
      dropWhile(() => queued.size > MOST_PENDING)
      for (const listener of listeners) listener(update)
      return update
    },
    confirm(offset) {
      expire()
      if (offset < 0) dropWhile(() => queued.size > -offset)
      else if (offset <= nextId + BELIEVED_AHEAD) dropWhile((id) => id < offset)
    },
    take(limit) {
      expire()
      return firstOf(queued.values(), limit)
    },
    remove(updateId) {
      queued.delete(updateId)
    },
    expiresAt(updateId) {
      const expiresAt = queued.get(updateId)?.expiresAt
      return expiresAt !== undefined && expiresAt >= now() ? expiresAt : undefined
    },
    pending() {
      expire()
      return queued.size
    },
    allow(kinds) {
      if (kinds?.every((kind) => typeof kind === 'string')) allowed = chooseKinds(kinds)
    },
    allowed: () => allowed,
    drop() {
      queued.clear()
    },
    onAdded(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    state() {
      expire()
      return { nextId, allowed, updates: [...queued.values()] }
    },
    load(state) {
      queued.clear()
      nextId = state.nextId
      allowed = state.allowed
      for (const entry of state.updates) enqueue(entry)
    },
  }
}

function firstOf(entries: Iterable<QueuedUpdate>, limit: number): Update[] {
  const first: Update[] = []
  for (const { update } of entries) {
    if (first.length >= limit) break
    first.push(update)
  }
  return first
}
