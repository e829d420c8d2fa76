import type { EmulatorClock } from '../clock.ts'
import { createFaults, type Faults } from '../faults/faults.ts'
import { createFlood, type Flood, type FloodLimits } from '../flood/flood.ts'
import type { ClockState, Due, EmulatorEvent } from '../shapes/events.ts'
import type { EmulatedChat, EmulatedUser } from '../shapes/people.ts'
import { createUpdateQueue, type UpdateQueue } from '../updates/updateQueue.ts'
import { type CallLog, createCallLog } from './callLog.ts'
import { createFileStore, type FileStore } from './fileStore.ts'
import { createMessageStore, type MessageStore } from './messageStore.ts'
import { createProfile, type Profile } from './profile.ts'

export interface Bot {
  id: number
  username: string
  firstName: string
}

/** What is bounded, so that an emulator may run for weeks. */
export interface Kept {
  /** Messages in one chat. Default 500. */
  messagesPerChat: number
  /** Messages in all chats together. Default 200 000. */
  messages: number
  /** Recorded calls. Default 2000. */
  calls: number
  /** Bytes of files. Default 256 MB. */
  fileBytes: number
}

export const defaultKept: Kept = {
  messagesPerChat: 500,
  messages: 200_000,
  calls: 2000,
  fileBytes: 256 * 1024 * 1024,
}

/** Who waits for an answer, and since when (epoch ms). */
export interface WaitingQuery {
  userId: number
  at: number
}

/** Everything the emulator knows. */
export interface World {
  readonly clock: EmulatorClock
  readonly now: () => number
  readonly bot: Bot
  readonly token: string
  readonly users: Map<number, EmulatedUser>
  /** Groups, supergroups and channels. */
  readonly chats: Map<number, EmulatedChat>
  readonly messages: MessageStore
  readonly files: FileStore
  readonly profile: Profile
  readonly calls: CallLog
  readonly updates: UpdateQueue
  readonly flood: Flood
  readonly faults: Faults
  /** Callback queries that have not been answered, by id. */
  readonly callbacks: Map<string, WaitingQuery>
  /** The same of inline queries. */
  readonly inlineQueries: Map<string, WaitingQuery>
  /** What the bot has said that it does next. */
  due: Due | null
  emit(event: EmulatorEvent): void
  /** Calls back for everything that happens; returns its own undo. */
  listen(listener: (event: EmulatorEvent) => void): () => void
}

export interface WorldOptions {
  clock: EmulatorClock
  token: string
  limits: FloodLimits | null
  kept?: Partial<Kept>
  bot?: { username?: string; firstName?: string }
}

export function createWorld({ clock, token, limits, kept = {}, bot = {} }: WorldOptions): World {
  const keep = { ...defaultKept, ...kept }
  const listeners = new Set<(event: EmulatorEvent) => void>()
  const emit = (event: EmulatorEvent): void => {
    for (const listener of listeners) listener(event)
  }
  return {
    clock,
    now: clock.now,
    bot: { id: Number(token.split(':')[0]), username: 'kamihi_demo_bot', firstName: 'Kamihi demo', ...bot },
    token,
    users: new Map(),
    chats: new Map(),
    messages: createMessageStore(clock.now, keep, emit),
    files: createFileStore(keep.fileBytes),
    profile: createProfile(),
    calls: createCallLog(keep.calls, emit),
    // A restart must not give an id again that a bot has seen.
    updates: createUpdateQueue(clock.now, Math.floor(clock.now() / 1000)),
    flood: createFlood(clock.now, limits),
    faults: createFaults(),
    callbacks: new Map(),
    inlineQueries: new Map(),
    due: null,
    emit,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Queues an update for the bot, if it has asked for its kind. */
export function addUpdate(world: World, content: Record<string, unknown>): void {
  const update = world.updates.add(content)
  world.emit({
    type: 'update',
    update: update ?? { update_id: 0, ...content },
    delivered: update !== null,
  })
}

export const clockEvent = (world: World): EmulatorEvent & { clock: ClockState } => ({
  type: 'clock',
  clock: world.clock.state(),
  due: world.due,
})

export const seconds = (ms: number): number => Math.floor(ms / 1000)
