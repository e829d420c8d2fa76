import { Telegram } from 'telegraf'
import { connectionsTo } from './connections.ts'

export interface Timeouts {
  /** Longest wait for an answer to a call that does not poll, in milliseconds. Default 30 s. */
  answerMs?: number
  /** Longest wait for a connection, in milliseconds. Default 10 s. */
  connectMs?: number
}

type Options = NonNullable<ConstructorParameters<typeof Telegram>[1]>
type Signal = NonNullable<NonNullable<Parameters<Telegram['callApi']>[2]>['signal']>

const answerTimeoutMs = 30_000

/** telegraf's client with one choke point: every call of the bot, whoever makes it, passes `callApi`, which bounds how long it may take. */
export class KamihiTelegram extends Telegram {
  readonly #answerMs: number

  constructor(token: string, options: Options & { apiRoot: string }, timeouts: Timeouts = {}) {
    super(token, options)
    // telegraf drops the agent of an address without TLS, so it is set afterwards.
    this.options.agent = options.agent ?? connectionsTo(options.apiRoot, timeouts.connectMs)
    this.#answerMs = timeouts.answerMs ?? answerTimeoutMs
  }

  /** @throws TelegramError when Telegram refuses, another Error when there is no answer to be had */
  override callApi: Telegram['callApi'] = async (method, payload, options = {}) => {
    if (method === 'getUpdates') return super.callApi(method, withoutNulls(payload), options)
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), this.#answerMs)
    // telegraf types its signal by an older polyfill of the same shape.
    const given = options.signal as AbortSignal | undefined
    const signal = (given ? AbortSignal.any([given, limit.signal]) : limit.signal) as unknown as Signal
    try {
      return await super.callApi(method, withoutNulls(payload), { ...options, signal })
    } catch (error) {
      if (!limit.signal.aborted) throw error
      throw new Error(`Telegram did not answer within ${this.#answerMs / 1000} s.`, { cause: error })
    } finally {
      clearTimeout(timer)
    }
  }
}

/** telegraf fails on null inside of lists and sends `null` where Telegram expects nothing. */
function withoutNulls<T extends object>(payload: T): T {
  return Object.fromEntries(
    Object.entries(payload).filter(([, value]) => value !== null && value !== undefined),
  ) as T
}

/** Base address without the slash at its end; with a path it needs one, or telegraf drops the path. */
export function normaliseApiRoot(apiRoot: string): string {
  const { pathname } = new URL(apiRoot)
  const plain = apiRoot.replace(/\/+$/, '')
  return pathname === '/' ? plain : `${plain}/`
}
