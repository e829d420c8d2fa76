import type { State } from './state.ts'
import { BotApiError } from './telegram.ts'
import type { Update } from './types.ts'

interface Waiting {
  end(error: BotApiError | null): void
}

export interface Polling {
  /** Answers getUpdates: at once when there is something, else when something comes or the time is over. */
  poll(params: Record<string, unknown>, onGone: (gone: () => void) => void): Promise<Update[]>
  close(): void
}

/** Long polling as Telegram does it: an offset confirms, a second poller ends the first. */
export function createPolling(state: State): Polling {
  let waiting: Waiting | null = null
  let allowed: Set<string> | null = null
  state.listeners.add((event) => {
    if (event.type === 'update') waiting?.end(null)
  })

  const take = (limit: number): Update[] => {
    if (allowed)
      state.updates = state.updates.filter((update) =>
        Object.keys(update).some((kind) => kind !== 'update_id' && allowed?.has(kind)),
      )
    return state.updates.slice(0, limit)
  }

  return {
    poll(params, onGone) {
      waiting?.end(
        new BotApiError(
          409,
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        ),
      )
      if (Array.isArray(params.allowed_updates))
        allowed = params.allowed_updates.length > 0 ? new Set(params.allowed_updates as string[]) : null
      confirm(state, Number(params.offset ?? 0))
      const limit = Math.min(Math.max(Number(params.limit ?? 100), 1), 100)
      const timeoutMs = Math.min(Number(params.timeout ?? 0), 50) * 1000
      const ready = take(limit)
      if (ready.length > 0 || timeoutMs === 0) return Promise.resolve(ready)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => mine.end(null), timeoutMs)
        const mine: Waiting = {
          end(error) {
            clearTimeout(timer)
            if (waiting === mine) waiting = null
            if (error) reject(error)
            else resolve(take(limit))
          },
        }
        waiting = mine
        onGone(() => mine.end(null))
      })
    },
    close() {
      waiting?.end(null)
    },
  }
}

function confirm(state: State, offset: number): void {
  if (offset < 0) state.updates = state.updates.slice(offset)
  else state.updates = state.updates.filter((update) => update.update_id >= offset)
}
