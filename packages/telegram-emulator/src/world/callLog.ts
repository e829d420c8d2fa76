import type { EmulatorEvent, RecordedCall } from '../shapes/events.ts'

/** The newest calls of the bot, with what they were answered. */
export interface CallLog {
  add(call: RecordedCall): void
  /** Oldest first. */
  list(): RecordedCall[]
  clear(): void
}

export function createCallLog(most: number, emit: (event: EmulatorEvent) => void): CallLog {
  /** A ring: `next` is where the next call goes, and so the oldest one when it is full. */
  let ring: RecordedCall[] = []
  let next = 0
  return {
    add(call) {
      ring[next] = call
      next = (next + 1) % most
      emit({ type: 'call', call })
    },
    list: () => [...ring.slice(next), ...ring.slice(0, next)],
    clear() {
      ring = []
      next = 0
    },
  }
}
