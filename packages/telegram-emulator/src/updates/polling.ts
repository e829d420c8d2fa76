import { BotApiError } from '../botApi/answer.ts'
import type { Update, UpdateQueue } from './updateQueue.ts'

export interface PollingOptions {
  webhookIsActive(): boolean
  /**
   * Slows hasty pollers as the real server does: the same offset again within 3 s is held for at least 3 s,
   * within 0.5 s it gets one update only, and a conflict within 3 s of another is told 3 s later.
   * False by default, for it makes tests slow.
   */
  strict?: boolean
  /** Real milliseconds: how fast a poller is concerns its connection, not the emulated world. */
  now?: () => number
}

export interface PollParams {
  offset?: number
  limit?: number
  /** Seconds. */
  timeout?: number
  allowed_updates?: string[]
}

export interface Polling {
  /**
   * Answers getUpdates: at once when there is something, else when something comes or the real time is over.
   * A client that is gone is forgotten, and nothing is confirmed for it.
   */
  poll(params: PollParams, onGone: (gone: () => void) => void): Promise<Update[]>
  /** Ends the poll that waits: refused, or with null answered by what there is. */
  end(error: BotApiError | null): void
  close(): void
}

interface Waiting {
  /** Answers soon, with all that comes in the same tick. */
  wake(): void
  end(error: BotApiError | null): void
}

/** Long polling as Telegram does it: an offset confirms, a second poller ends the first that waits. */
export function createPolling(queue: UpdateQueue, options: PollingOptions): Polling {
  const { webhookIsActive, strict = false, now = () => performance.now() } = options
  const conflicts = createConflicts(strict, now)
  let waiting: Waiting | null = null
  let previous: { offset: number; at: number } | null = null
  const unlisten = queue.onAdded(() => waiting?.wake())

  const sinceSameOffset = (offset: number) => {
    const sinceMs = previous?.offset === offset ? now() - previous.at : Number.POSITIVE_INFINITY
    previous = { offset, at: now() }
    return sinceMs
  }

  const wait = ({ offset, limit, timeoutMs }: PollRequest, onGone: (gone: () => void) => void) =>
    new Promise<Update[]>((resolve, reject) => {
      let soon: NodeJS.Immediate | undefined
      const leave = () => {
        clearTimeout(timer)
        clearImmediate(soon)
        if (waiting === mine) waiting = null
      }
      const answer = () => {
        leave()
        queue.confirm(Math.max(offset, 0))
        resolve(queue.take(limit))
      }
      const timer = setTimeout(answer, timeoutMs)
      const mine: Waiting = {
        wake() {
          soon ??= setImmediate(answer)
        },
        end(error) {
          if (!error) return answer()
          leave()
          conflicts.refuse(reject, error)
        },
      }
      waiting = mine
      onGone(() => {
        leave()
        resolve([])
      })
    })

  return {
    poll(params, onGone) {
      if (webhookIsActive()) return new Promise((_, reject) => conflicts.refuse(reject, webhookIsSet()))
      const asked = readRequest(params)
      queue.allow(params.allowed_updates)
      const sinceMs = sinceSameOffset(asked.offset)
      const request = strict ? slowedDown(asked, sinceMs) : asked
      queue.confirm(request.offset)
      const ready = queue.take(request.limit)
      // The real server holds a hasty poller, and one that is held ends the other.
      if (ready.length === 0 && (request.timeoutMs > 0 || isHasty(sinceMs))) waiting?.end(otherPoller())
      return ready.length > 0 || request.timeoutMs === 0 ? Promise.resolve(ready) : wait(request, onGone)
    },
    end(error) {
      waiting?.end(error)
    },
    close() {
      unlisten()
      waiting?.end(null)
      conflicts.close()
    },
  }
}

interface PollRequest {
  offset: number
  limit: number
  timeoutMs: number
}

const readRequest = ({ offset, limit, timeout }: PollParams): PollRequest => ({
  offset: integer(offset, 0),
  limit: clamp(integer(limit, 100), 1, 100),
  timeoutMs: clamp(integer(timeout, 0), 0, 50) * 1000,
})

const integer = (value: number | undefined, otherwise: number) => Math.trunc(Number(value ?? otherwise)) || 0
const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

const isHasty = (sinceMs: number) => sinceMs < 3000

const slowedDown = (request: PollRequest, sinceMs: number): PollRequest => ({
  ...request,
  limit: sinceMs < 500 ? 1 : request.limit,
  timeoutMs: isHasty(sinceMs) ? Math.max(request.timeoutMs, 3000) : request.timeoutMs,
})

const webhookIsSet = () =>
  new BotApiError(
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  )
const otherPoller = () =>
  new BotApiError(
    409,
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  )

/** Tells conflicts, in strict mode so late that two pollers cannot end each other in a rush. */
function createConflicts(strict: boolean, now: () => number) {
  const late = new Map<NodeJS.Timeout, () => void>()
  let nextAt = Number.NEGATIVE_INFINITY
  return {
    refuse(reject: (error: BotApiError) => void, error: BotApiError) {
      if (!strict || now() >= nextAt) {
        nextAt = now() + 3000
        return reject(error)
      }
      const timer = setTimeout(() => {
        late.delete(timer)
        reject(error)
      }, 3000)
      late.set(timer, () => reject(error))
    },
    close() {
      for (const [timer, refuse] of late) {
        clearTimeout(timer)
        refuse()
      }
      late.clear()
    },
  }
}
