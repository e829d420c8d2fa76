import type { AccountLinkKind } from '@kamihi/contracts'

/** What a link to `/setup` is for; the secret stands in the fragment, which no server or log sees. */
export interface EntranceLink {
  kind: AccountLinkKind | 'token' | 'signin'
  secret: string
}

const kinds: readonly EntranceLink['kind'][] = ['token', 'signin', 'invite', 'reset']

/** Reads `#token=…`, `#signin=…`, `#invite=…` or `#reset=…`; null: the link is not complete. */
export function readEntranceLink(hash: string): EntranceLink | null {
  const params = new URLSearchParams(hash.replace(/^#/, ''))
  for (const kind of kinds) {
    const secret = params.get(kind)
    if (secret) return { kind, secret }
  }
  return null
}
