import { timingSafeEqual } from 'node:crypto'
import { prefixOf } from './addressPrefix.ts'
import { newSecret, sha256 } from './secrets.ts'

const lifetimeMs = 60 * 60_000
const triesPerMinute = 5
/** Strangers decide how many there are: more than these are forgotten. The secret has 256 bits. */
const remembered = 1000

export interface Setup {
  /** A new one-time secret; those before it are void. */
  issue(): string
  /** `limited`: too many tries from there this minute. */
  check(secret: string, address: string): 'valid' | 'invalid' | 'limited'
  /** True when no secret is valid now. */
  isExpired(): boolean
  finish(): void
}

/** The one-time secret with which the first owner is made; only its hash is kept, and only in memory. */
export function createSetup(now: () => number): Setup {
  let hash: string | null = null
  let issuedAt = 0
  let tries: { at: number; from: string }[] = []
  const isExpired = () => hash === null || now() - issuedAt > lifetimeMs
  return {
    issue() {
      const secret = newSecret()
      hash = sha256(secret)
      issuedAt = now()
      return secret
    },
    check(secret, address) {
      const from = prefixOf(address)
      tries = tries.filter(({ at }) => now() - at < 60_000).slice(-remembered)
      if (tries.filter((one) => one.from === from).length >= triesPerMinute) return 'limited'
      tries.push({ at: now(), from })
      if (hash === null || isExpired()) return 'invalid'
      return timingSafeEqual(Buffer.from(sha256(secret)), Buffer.from(hash)) ? 'valid' : 'invalid'
    },
    isExpired,
    finish() {
      hash = null
    },
  }
}
