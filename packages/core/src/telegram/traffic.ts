import type { Clock } from '../clock.ts'
import type { Send } from './sender.ts'
import type { SendOutcome, TelegramTraffic } from './telegram.types.ts'

/** Counts what goes to Telegram and comes from it. */
export interface Traffic {
  /** The same sender; what becomes of each message is counted. */
  counted(send: Send): Send
  /** Telegram answered the request for updates, with so many. */
  answered(updates: number): void
  stateChanged(): void
  read(bulkPausedMs: number): TelegramTraffic
}

/** Speed is measured over so many seconds. */
const window = 10

export function createTraffic(clock: Pick<Clock, 'now' | 'monotonic'>): Traffic {
  const outcomes: TelegramTraffic['outcomes'] = {}
  const rate = createRate(() => clock.monotonic())
  const seen = {
    since: clock.now(),
    lastUpdateAt: null as number | null,
    lastAnswerAt: null as number | null,
  }
  let waiting = 0
  const count = (kind: SendOutcome['kind']): void => {
    outcomes[kind] = (outcomes[kind] ?? 0) + 1
    if (kind === 'sent') rate.add()
  }
  return {
    counted: (send) => async (chatId, part, options) => {
      waiting += 1
      try {
        const outcome = await send(chatId, part, options)
        count(outcome.kind)
        return outcome
      } finally {
        waiting -= 1
      }
    },
    answered(updates) {
      seen.lastAnswerAt = clock.now()
      if (updates > 0) seen.lastUpdateAt = seen.lastAnswerAt
    },
    stateChanged() {
      seen.since = clock.now()
    },
    read: (bulkPausedMs) => ({
      ...seen,
      outcomes: { ...outcomes },
      waiting,
      perSecond: rate.perSecond(),
      pausedUntil: bulkPausedMs > 0 ? clock.now() + bulkPausedMs : null,
    }),
  }
}

/** Counts by the second, and forgets what is older than the window: no more memory however fast it goes. */
function createRate(now: () => number) {
  const counts = new Map<number, number>()
  const second = (): number => Math.floor(now() / 1000)
  const forget = (): void => {
    for (const one of counts.keys()) if (one <= second() - window) counts.delete(one)
  }
  return {
    add(): void {
      counts.set(second(), (counts.get(second()) ?? 0) + 1)
      forget()
    },
    perSecond(): number {
      forget()
      return [...counts.values()].reduce((sum, count) => sum + count, 0) / window
    },
  }
}
