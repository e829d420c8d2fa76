import type { User } from '@kamihi/contracts'
import type { Change } from '@kamihi/store'
import type { Kamihi } from '../kamihi.types.ts'
import type { CallFailure } from '../telegram/telegram.types.ts'

/** What asking Telegram about a person came to. */
export type ReachabilityCheck =
  | { kind: 'checked'; user: User }
  /** The bot is not connected; `detail` says why, where that is known. */
  | { kind: 'not_connected'; detail: string | null }
  | { kind: 'not_told'; failure: CallFailure }
  | { kind: 'not_found' }

/** Asks Telegram whether a person can be reached and keeps what it says; where it says nothing, all stays as it was. */
export async function checkReachability(
  { store, telegram, events }: Pick<Kamihi, 'store' | 'telegram' | 'events'>,
  userId: string,
  change: Change,
): Promise<ReachabilityCheck> {
  const user = await store.users.get(userId)
  if (!user) return { kind: 'not_found' }
  const { state, detail } = telegram.state()
  if (state !== 'connected') return { kind: 'not_connected', detail }
  const outcome = await telegram.reach(user.telegramId)
  if (outcome.kind !== 'reached' && outcome.kind !== 'unreachable')
    return { kind: 'not_told', failure: outcome }
  const reachability = outcome.kind === 'reached' ? 'ok' : outcome.reachability
  const checked = await store.users.checked(userId, reachability, change)
  if (!checked) return { kind: 'not_found' }
  events.emit({ type: 'users.changed', ids: [userId] })
  return { kind: 'checked', user: checked }
}
