import type { AccountLink, AccountLinkKind } from '@kamihi/contracts'
import type { Change, Store } from '@kamihi/store'
import { newSecret, sha256 } from './secrets.ts'

const hourMs = 3_600_000
/** Somebody who is invited may read it tomorrow; who has asked for a new password sits and waits, and whoever gives it may give it time. */
export const linkMs = { invite: 24 * hourMs, reset: 24 * hourMs } as const

/**
 * Makes a link with which the holder of an account chooses its password, once; null when there is no such account. The secret is in
 * the fragment, which browsers send to nobody, and only its hash is kept.
 */
export async function issueLink(
  { accountLinks }: Pick<Store, 'accountLinks'>,
  baseUrl: string,
  link: { accountId: string; kind: AccountLinkKind; lifetimeMs: number },
  change: Change,
): Promise<AccountLink | null> {
  const { accountId, kind, lifetimeMs } = link
  const secret = newSecret()
  const expiresAt = change.now + lifetimeMs
  const made = await accountLinks.create(accountId, { hash: sha256(secret), kind, expiresAt }, change)
  if (!made) return null
  return { kind, url: `${baseUrl}/setup#${kind}=${secret}`, expiresAt: new Date(expiresAt).toISOString() }
}
