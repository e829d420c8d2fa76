import { randomInt, timingSafeEqual } from 'node:crypto'
import { newSecret, sha256 } from './secrets.ts'
import type { SentTo } from './sentTo.ts'

/** How long a code is valid. */
export const codeMs = 5 * 60_000
const tries = 5
const mostOpen = 1000
/** Crockford's alphabet: nothing that is read as something else. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Whom a code is for; `sentTo` is null for names that nobody has. */
export interface CodeHolder {
  username: string
  sentTo: SentTo | null
}

export interface BotCodes {
  /** `ticket` goes into a cookie and `code` to the person: only both together are worth something. */
  issue(holder: CodeHolder, now: number): { ticket: string; code: string }
  /** A right code can be used once, a ticket five times. */
  verify(
    ticket: string,
    code: string,
    now: number,
  ): { kind: 'right'; sentTo: SentTo; username: string } | { kind: 'wrong'; holder: CodeHolder | null }
  /** Voids the codes of an account. */
  forget(accountId: string): void
}

interface Open extends CodeHolder {
  codeHash: Buffer
  left: number
  expiresAt: number
}

/** One-time codes of eight characters (40 bits); kept in memory only, as they live for five minutes. */
export function createBotCodes(): BotCodes {
  const open = new Map<string, Open>()
  return {
    issue(holder, now) {
      const ticket = newSecret()
      const code = newCode()
      makeRoom(open)
      const entry = { ...holder, codeHash: hashOf(code), left: tries, expiresAt: now + codeMs }
      open.set(sha256(ticket), entry)
      return { ticket, code }
    },
    verify(ticket, code, now) {
      const key = sha256(ticket)
      const entry = open.get(key)
      if (!entry || entry.expiresAt <= now) return { kind: 'wrong', holder: null }
      entry.left -= 1
      const right = timingSafeEqual(hashOf(code), entry.codeHash)
      if (right || entry.left === 0) open.delete(key)
      const { username, sentTo } = entry
      if (!right || sentTo === null) return { kind: 'wrong', holder: { username, sentTo } }
      return { kind: 'right', sentTo, username }
    },
    forget(accountId) {
      for (const [ticket, { sentTo }] of open) if (sentTo?.accountId === accountId) open.delete(ticket)
    },
  }
}

function newCode(): string {
  const characters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `${characters.slice(0, 4)}-${characters.slice(4)}`
}

/** Read as people type it: small letters, no dash, O for 0 and I or L for 1. */
const hashOf = (code: string): Buffer =>
  Buffer.from(sha256(code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')))

/** Strangers decide how many there are: the oldest make room. */
function makeRoom(open: Map<string, Open>): void {
  const [oldest] = open.keys()
  if (oldest !== undefined && open.size >= mostOpen) open.delete(oldest)
}
