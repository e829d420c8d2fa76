import type { Store } from '@kamihi/store'
import { sha256 } from './secrets.ts'

const freeFailures = 5
const firstWaitMs = 60_000
const longestWaitMs = 15 * 60_000
const perAddress = { burst: 10, everyMs: 10_000 }

/** How long a name has to wait after so many failures in a row: 60 s after five, doubling to 15 minutes. */
export function waitAfter(failures: number): number {
  if (failures < freeFailures) return 0
  return Math.min(firstWaitMs * 2 ** (failures - freeFailures), longestWaitMs)
}

export interface Guessing {
  /** Seconds to wait before this name may be tried from this address; 0 when it may be tried now. */
  secondsToWait(username: string, address: string, now: number): Promise<number>
  record(username: string, address: string, success: boolean, now: number): Promise<void>
}

/** Limits of guessing passwords: by name and address in the store, by address alone in memory (a token bucket). */
export function createGuessing(attempts: Store['attempts']): Guessing {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const keyOf = (username: string, address: string) =>
    sha256(`${username.toLowerCase()}\n${prefixOf(address)}`)
  return {
    async secondsToWait(username, address, now) {
      const byAddress = takeToken(buckets, prefixOf(address), now)
      const key = keyOf(username, address)
      const failures = await attempts.failuresSince(key, now - 24 * 3_600_000)
      const last = (await attempts.lastFailureAt(key)) ?? 0
      const byName = waitAfter(failures) - (now - last)
      return Math.max(0, Math.ceil(Math.max(byAddress, byName) / 1000))
    },
    record: (username, address, success, now) => attempts.record(keyOf(username, address), success, now),
  }
}

function takeToken(buckets: Map<string, { tokens: number; at: number }>, key: string, now: number): number {
  const bucket = buckets.get(key) ?? { tokens: perAddress.burst, at: now }
  const tokens = Math.min(perAddress.burst, bucket.tokens + (now - bucket.at) / perAddress.everyMs)
  if (buckets.size > 10_000) buckets.clear()
  buckets.set(key, { tokens: Math.max(0, tokens - 1), at: now })
  return tokens >= 1 ? 0 : (1 - tokens) * perAddress.everyMs
}

/** IPv6 networks count as one address: /64. */
const prefixOf = (address: string) =>
  address.includes(':') ? address.split(':').slice(0, 4).join(':') : address
