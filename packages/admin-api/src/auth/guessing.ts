import { createHmac } from 'node:crypto'
import { foldName, type Store } from '@kamihi/store'
import { isLoopback, prefixOf } from './addressPrefix.ts'
import { newSecret } from './secrets.ts'

const freeFailures = 5
const firstWaitMs = 60_000
const longestWaitMs = 15 * 60_000
const perAddress = { burst: 10, everyMs: 10_000 }
const hourMs = 3_600_000
/** Failures of one name in an hour, wherever they come from, after which strangers are not heard. */
export const perName = { failures: 50, withinMs: hourMs, knownForMs: 30 * 24 * hourMs }
/** Codes of the bot for one name, asked for from one place. */
const perCode = { most: 3, withinMs: 15 * 60_000 }
/** And from all places where nobody has signed in with it: each is a message to whoever has the name. */
const perStrangersCode = { most: 5, withinMs: 15 * 60_000 }
const perSiege = { most: 1, withinMs: hourMs }
const keySetting = 'auth.attempts_key'

/** How long a name has to wait after so many failures in a row: 60 s after five, doubling to 15 minutes. */
export function waitAfter(failures: number): number {
  if (failures < freeFailures) return 0
  return Math.min(firstWaitMs * 2 ** (failures - freeFailures), longestWaitMs)
}

export interface Guessing {
  /** Counts a try of any secret from an address; seconds to wait, 0 when it may go on. */
  tryFrom(address: string, now: number): Promise<number>
  /**
   * Counts a try, as failed until `record` says how it ended, so that those made at once count too; seconds to wait before this name
   * may be tried from this address, 0 when it may be tried now.
   */
  secondsToWait(username: string, address: string, now: number): Promise<number>
  /** Takes a try back that was counted and came to no end. */
  takeBack(username: string, address: string): Promise<void>
  /** Counts a code that the bot is to send; seconds to wait, 0 when it may send it. */
  codeFor(username: string, address: string, now: number): Promise<number>
  /** Gives `besieged`, once an hour, when strangers who try this name are not heard for a while. */
  record(
    username: string,
    address: string,
    success: boolean,
    now: number,
    isCounted?: boolean,
  ): Promise<'noted' | 'besieged'>
}

/**
 * Limits of guessing, in the store, which several processes share: by address (a token bucket), by name and address, and by name alone.
 * Names are kept as keyed hashes: people type passwords into the wrong field.
 */
export function createGuessing({ attempts, settings }: Pick<Store, 'attempts' | 'settings'>): Guessing {
  const keys = createKeys(settings)
  const isKnown = async (pair: string, address: string, now: number) =>
    isLoopback(address) || (await attempts.hasSucceeded(pair, now - perName.knownForMs))
  const isBesieged = async (name: string, now: number) =>
    (await attempts.failuresSince(name, now - perName.withinMs)) >= perName.failures
  const tryFrom = async (address: string, now: number) =>
    toSeconds(await attempts.takeToken(await keys.of('address', prefixOf(address)), perAddress, now))
  return {
    tryFrom,
    async secondsToWait(username, address, now) {
      const byAddress = await tryFrom(address, now)
      const { pair, name } = await keys.ofTry(username, address)
      // `begin` decides. Looked at before, the longest of the waits is told, and whoever waits costs no write.
      const failures = await attempts.failuresSince(pair, now - 24 * hourMs)
      const last = (await attempts.lastFailureAt(pair)) ?? 0
      const byPair = toSeconds(waitAfter(failures) - (now - last))
      const shutOut = (await isBesieged(name, now)) && !(await isKnown(pair, address, now))
      const wait = Math.max(0, byAddress, byPair, shutOut ? toSeconds(longestWaitMs) : 0)
      return wait > 0 ? wait : toSeconds(await attempts.begin(pair, waitAfter, now))
    },
    async takeBack(username, address) {
      await attempts.takeBack((await keys.ofTry(username, address)).pair)
    },
    async codeFor(username, address, now) {
      const key = await keys.of('code', `${foldName(username)}\n${prefixOf(address)}`)
      const wait = await attempts.takeTurn(key, perCode, now)
      if (wait > 0 || (await isKnown((await keys.ofTry(username, address)).pair, address, now)))
        return toSeconds(wait)
      const ofName = await keys.of('code', foldName(username))
      return toSeconds(await attempts.takeTurn(ofName, perStrangersCode, now))
    },
    async record(username, address, success, now, isCounted = false) {
      const { pair, name } = await keys.ofTry(username, address)
      if (success || !isCounted) await attempts.record(pair, success, now)
      if (success) return 'noted'
      await attempts.record(name, false, now)
      if (!(await isBesieged(name, now))) return 'noted'
      const wait = await attempts.takeTurn(await keys.of('siege', foldName(username)), perSiege, now)
      return wait === 0 ? 'besieged' : 'noted'
    },
  }
}

const toSeconds = (ms: number): number => Math.ceil(ms / 1000)

function createKeys(settings: Store['settings']) {
  let secret: string | null = null
  const load = async (): Promise<string> => {
    const stored = await settings.get(keySetting)
    if (stored !== null) return stored
    await settings.set(keySetting, newSecret())
    // Another process may have done the same at the same moment: what is stored last counts.
    return (await settings.get(keySetting)) ?? ''
  }
  const hmac = async (purpose: string, text: string) => {
    secret ??= await load()
    return createHmac('sha256', secret + purpose)
      .update(text)
      .digest('hex')
  }
  return {
    /** A key of its own for each purpose, whatever people send as a name. */
    of: (purpose: 'address' | 'code' | 'siege', text: string) => hmac(` ${purpose}`, text),
    async ofTry(username: string, address: string) {
      const name = foldName(username)
      return { pair: await hmac('', `${name}\n${prefixOf(address)}`), name: await hmac('', name) }
    },
  }
}
