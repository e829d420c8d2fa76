import type { Clock } from '../clock.ts'
import type { Config } from '../config/schema.ts'
import { createAbortGroups } from './abortGroups.ts'
import { createPacing, type Granted, type Pacing, type SentAway } from './pacing/pacing.ts'
import type { Pause, PauseCause } from './pacing/pauses.ts'
import type { Lane } from './pacing/rateLimits.ts'
import type { Waiting } from './pacing/waitingLines.ts'

export type { Lane }

/** What became of waiting for one's turn. */
export type Turn =
  | { kind: 'granted'; slot: Slot }
  /** It would have to wait longer than is worth waiting for: 5 s in the bulk lane, 60 s in that of replies. */
  | { kind: 'paused'; seconds: number; cause: PauseCause }
  /** The signal was aborted first. */
  | { kind: 'aborted' }

/** A place in the windows. It is held until one of these is called. */
export interface Slot {
  /** The message was written, and answered or given up. */
  answered(): void
  /** Nothing was written. */
  unwritten(): void
}

export interface Limiter {
  /** Resolves when a message may be written, or is not to wait any longer. */
  acquire(chatId: number, lane: Lane, signal?: AbortSignal): Promise<Turn>
  /** Whether a message that came now would be written at once. */
  hasRoom(chatId: number, lane: Lane): boolean
  /** For how long all bulk waits from now; 0 when it does not. */
  bulkPausedMs(): number
  /** Telegram asked to wait: nothing goes to the chat; when two chats are asked within 5 s, all bulk waits. */
  pause(chatId: number, seconds: number): void
  /** Telegram does not know the token: all bulk waits. */
  pauseForToken(seconds: number): void
}

/** Lets messages through as `pacing.ts` decides: this part has the clock, one timer while something waits, and the promises. */
export function createLimiter(rate: Config['telegram']['rate'], clock: Clock): Limiter {
  const pacing = createPacing(rate)
  const settlers = new Map<Waiting, (turn: Turn) => void>()
  const aborts = createAbortGroups<Waiting>()
  const timer = createTimer(clock, () => pump())
  // The wall clock can be set back, and everything would wait for it.
  const now = (): number => clock.monotonic()

  const settle = (waiting: Waiting, turn: Turn): void => {
    aborts.forget(waiting)
    settlers.get(waiting)?.(turn)
    settlers.delete(waiting)
  }
  /** Counts once, however often it is given back; its place may be what another waits for. */
  const slotOf = (granted: Granted): Slot => {
    let isHeld = true
    const end = (count: Pacing['answered']) => () => {
      if (!isHeld) return
      isHeld = false
      count(granted, now())
      pump()
    }
    return { answered: end(pacing.answered), unwritten: end(pacing.unwritten) }
  }
  /** Grants what may go now, and comes back for what may go later. */
  const pump = (): void => {
    const at = now()
    for (let granted = pacing.next(at); granted; granted = pacing.next(at))
      settle(granted.waiting, { kind: 'granted', slot: slotOf(granted) })
    timer.set(pacing.nextAt(at))
  }
  const sendAway = (away: SentAway[]): void => {
    for (const { waiting, pause } of away) settle(waiting, pausedTurn(pause))
    pump()
  }

  return {
    hasRoom: (chatId, lane) => pacing.hasRoom(chatId, lane, now()),
    bulkPausedMs: () => Math.max(0, pacing.bulkUntil() - now()),
    pause: (chatId, seconds) => sendAway(pacing.pauseChat(chatId, seconds * 1000, now())),
    pauseForToken: (seconds) => sendAway(pacing.pauseBulk(seconds * 1000, 'token', now())),
    async acquire(chatId, lane, signal) {
      if (signal?.aborted) return { kind: 'aborted' }
      const pause = pacing.tooLong(chatId, lane, now())
      if (pause) return pausedTurn(pause)
      return new Promise((resolve) => {
        const waiting = pacing.join(chatId, lane, now())
        settlers.set(waiting, resolve)
        pump()
        if (!signal || !settlers.has(waiting)) return
        aborts.add(signal, waiting, () => {
          pacing.leave(waiting, now())
          settle(waiting, { kind: 'aborted' })
          timer.set(pacing.nextAt(now()))
        })
      })
    },
  }
}

const pausedTurn = ({ leftMs, cause }: Pause): Turn => ({
  kind: 'paused',
  seconds: Math.ceil(leftMs / 1000),
  cause,
})

/** One timer, set again only when the time has changed; none for Infinity. */
function createTimer(clock: Clock, work: () => void) {
  let dueAt = Number.POSITIVE_INFINITY
  let cancel = () => {}
  return {
    set(at: number): void {
      if (at === dueAt) return
      cancel()
      dueAt = at
      if (at === Number.POSITIVE_INFINITY) return
      // Rounded up: a timer that comes too early finds that it has to be set again.
      cancel = clock.setTimer(Math.max(1, Math.ceil(at - clock.monotonic())), () => {
        dueAt = Number.POSITIVE_INFINITY
        work()
      })
    },
  }
}
