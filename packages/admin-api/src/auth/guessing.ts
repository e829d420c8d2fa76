import { createHmac } from 'node:crypto'
import type { Store } from '@kamihi/store'
import { isLoopback, prefixOf } from './addressPrefix.ts'
import { newSecret } from './secrets.ts'

const freeFailures = 5
const firstWaitMs = 60_000
const longestWaitMs = 15 * 60_000
const perAddress = { burst: 10, everyMs: 10_000 }
const hourMs = 3_600_000
/** Failures of one name in an hour, wherever they come from, after which strangers are not heard. */
const perName = { failures: 50, withinMs: hourMs, knownForMs: 30 * 24 * hourMs }
const mostAddresses = 10_000
const keySetting = 'auth.attempts_key'

/** How long a name has to wait after so many failures in a row: 60 s after five, doubling to 15 minutes. */
export function waitAfter(failures: number): number {
  if (failures < freeFailures) return 0
  return Math.min(firstWaitMs * 2 ** (failures - freeFailures), longestWaitMs)
}

export interface Guessing {
  /** Counts a try of any secret from an address; seconds to wait, 0 when it may go on. */
  tryFrom(address: string, now: number): number
  /** Counts a try; seconds to wait before this name may be tried from this address, 0 when it may be tried now. */
  secondsToWait(username: string, address: string, now: number): Promise<number>
  /** Gives `besieged` when this failure is the one after which strangers are not heard for a while. */
  record(username: string, address: string, success: boolean, now: number): Promise<'noted' | 'besieged'>
}

/**
 * Limits of guessing: by address in memory (a token bucket), by name and address and by name alone in the store, which several
 * processes share. Names are kept as keyed hashes: people type passwords into the wrong field.
 */
export function createGuessing({ attempts, settings }: Pick<Store, 'attempts' | 'settings'>): Guessing {
  const buckets = new Map<string, Bucket>()
  const keyOf = createKeys(settings)
  const tryFrom = (address: string, now: number) =>
    Math.ceil(takeToken(buckets, prefixOf(address), now) / 1000)
  const isKnown = async (pair: string, address: string, now: number) =>
    isLoopback(address) || (await attempts.hasSucceeded(pair, now - perName.knownForMs))
  const failuresOf = (name: string, now: number) => attempts.failuresSince(name, now - perName.withinMs)
  return {
    tryFrom,
    async secondsToWait(username, address, now) {
      const byAddress = tryFrom(address, now)
      const { pair, name } = await keyOf(username, address)
      const failures = await attempts.failuresSince(pair, now - 24 * hourMs)
      const last = (await attempts.lastFailureAt(pair)) ?? 0
      const byPair = Math.ceil((waitAfter(failures) - (now - last)) / 1000)
      const besieged = (await failuresOf(name, now)) >= perName.failures
      const byName = besieged && !(await isKnown(pair, address, now)) ? longestWaitMs / 1000 : 0
      return Math.max(0, byAddress, byPair, byName)
    },
    async record(username, address, success, now) {
      const { pair, name } = await keyOf(username, address)
      await attempts.record(pair, success, now)
      if (success) return 'noted'
      await attempts.record(name, false, now)
      return (await failuresOf(name, now)) === perName.failures ? 'besieged' : 'noted'
    },
  }
}

interface Bucket {
  tokens: number
  at: number
}

function takeToken(buckets: Map<string, Bucket>, key: string, now: number): number {
  const bucket = buckets.get(key) ?? { tokens: perAddress.burst, at: now }
  const tokens = Math.min(perAddress.burst, bucket.tokens + (now - bucket.at) / perAddress.everyMs)
  buckets.delete(key)
  const [oldest] = buckets.keys()
  if (oldest !== undefined && buckets.size >= mostAddresses) buckets.delete(oldest)
  buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
  return tokens >= 1 ? 0 : (1 - tokens) * perAddress.everyMs
}

function createKeys(settings: Store['settings']) {
  let secret: string | null = null
  const load = async (): Promise<string> => {
    const stored = await settings.get(keySetting)
    if (stored !== null) return stored
    await settings.set(keySetting, newSecret())
    // Another process may have done the same at the same moment: what is stored last counts.
    return (await settings.get(keySetting)) ?? ''
  }
  return async (username: string, address: string) => {
    secret ??= await load()
    const hmac = (text: string) =>
      createHmac('sha256', secret ?? '')
        .update(text)
        .digest('hex')
    const name = username.toLowerCase()
    return { pair: hmac(`${name}\n${prefixOf(address)}`), name: hmac(name) }
  }
}
