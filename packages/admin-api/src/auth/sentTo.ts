import type { Account } from '@kamihi/contracts'
import type { Store } from '@kamihi/store'
import type { ApiContext } from '../context.ts'

/** Whom a link or a code stands for that the bot has sent: the account as it was then, and the chat it went to. */
export interface SentTo {
  accountId: string
  version: number
  chatId: number
}

/**
 * The account, if it may still be entered by what was sent. A new password, another Telegram user, a switch-off: whatever was changed since
 * may have been changed to keep out who holds it.
 */
export async function accountSentTo(
  { accounts }: Pick<Store, 'accounts'>,
  { accountId, version, chatId }: SentTo,
): Promise<Account | null> {
  const account = await accounts.get(accountId)
  if (!account || account.disabledAt !== null || account.version !== version) return null
  return (await accounts.chatOf(accountId)) === chatId ? account : null
}

/** Voids what the bot has sent to sign in to an account: whoever ends all of its sessions means these too. */
export function forgetSent({ botCodes, signInLinks }: ApiContext, accountId: string): void {
  botCodes.forget(accountId)
  signInLinks.forget(accountId)
}
