import { Telegram } from 'telegraf'

/** Longest wait for an answer to a call that does not poll. */
const answerTimeoutMs = 30_000

type CallOptions = Parameters<Telegram['callApi']>[2]

/** telegraf's client with one choke point: every call of the bot, whoever makes it, passes `callApi`, which bounds how long it may take. */
export class KamihiTelegram extends Telegram {
  override callApi: Telegram['callApi'] = (method, payload, options) =>
    super.callApi(method, withoutNulls(payload), bounded(method, options))
}

function bounded(method: string, options: CallOptions = {}): NonNullable<CallOptions> {
  const timeout = method === 'getUpdates' ? [] : [AbortSignal.timeout(answerTimeoutMs)]
  const given = options.signal ? [options.signal as AbortSignal] : []
  // telegraf types its signal by an older polyfill of the same shape.
  return {
    ...options,
    signal: AbortSignal.any([...given, ...timeout]) as unknown as NonNullable<
      NonNullable<CallOptions>['signal']
    >,
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
