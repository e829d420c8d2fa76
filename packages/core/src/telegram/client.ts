import { Telegram, TelegramError } from 'telegraf'
import { connectionsTo } from './connections.ts'
import { type Answer, createTransport, noAnswerWithin, type Transport } from './transport.ts'

export interface Timeouts {
  /** Longest wait for an answer to a call that does not poll, in milliseconds. Default 30 s. */
  answerMs?: number
  /** Longest wait for a connection, in milliseconds. Default 10 s. */
  connectMs?: number
}

type Options = NonNullable<ConstructorParameters<typeof Telegram>[1]>
type Signal = NonNullable<NonNullable<Parameters<Telegram['callApi']>[2]>['signal']>

const answerTimeoutMs = 30_000
/** A server that does not take a connection within this time is away, and nothing was written to it. */
const connectTimeoutMs = 10_000

/** telegraf's client with one choke point: every call of the bot, whoever makes it, passes `callApi`, which bounds how long it may take. */
export class KamihiTelegram extends Telegram {
  readonly #answerMs: number
  readonly #transport: Transport
  /** Path of the methods, up to and with the last slash. */
  readonly #path: string

  constructor(token: string, options: Options & { apiRoot: string }, timeouts: Timeouts = {}) {
    super(token, options)
    const connectMs = timeouts.connectMs ?? connectTimeoutMs
    // telegraf drops the agent of an address without TLS, so it is set afterwards.
    this.options.agent = options.agent ?? connectionsTo(options.apiRoot, connectMs)
    this.#answerMs = timeouts.answerMs ?? answerTimeoutMs
    const { origin, pathname } = new URL(`./bot${token}${options.testEnv ? '/test' : ''}/`, options.apiRoot)
    this.#transport = createTransport(origin, connectMs)
    this.#path = pathname
  }

  /** @throws TelegramError when Telegram refuses, another Error when there is no answer to be had */
  override callApi: Telegram['callApi'] = async (method, payload, options = {}) => {
    if (carriesFile(payload)) return this.#upload(method, payload, options)
    const signal = asSignal(options.signal)
    // Asking for updates waits for as long as its own signal says.
    const answerMs = method === 'getUpdates' && signal ? undefined : this.#answerMs
    const json = JSON.stringify(payload, nullToNothing)
    const data = contentOf(await this.#transport.post(this.#path + method, json, { signal, answerMs }))
    if (!data.ok) throw new TelegramError(data, { method, payload })
    return data.result
  }

  #upload: Telegram['callApi'] = async (method, payload, options = {}) => {
    const limit = AbortSignal.timeout(this.#answerMs)
    const given = asSignal(options.signal)
    const signal = (given ? AbortSignal.any([given, limit]) : limit) as unknown as Signal
    try {
      return await super.callApi(method, withoutNulls(payload), { signal })
    } catch (error) {
      if (!limit.aborted) throw error
      throw noAnswerWithin(this.#answerMs, error)
    }
  }
}

/** telegraf types its signal by an older polyfill of the same shape. */
const asSignal = (signal: Signal | undefined) => signal as AbortSignal | undefined

type Content = { ok: true; result: never } | ({ ok: false } & TelegramError['response'])

/** Gateways answer for Telegram with pages of their own: of a 5xx only the status counts, and else what is no JSON is no answer. */
function contentOf({ status, statusText, body }: Answer): Content {
  if (status >= 500) return { ok: false, error_code: status, description: statusText }
  try {
    return JSON.parse(body)
  } catch (error) {
    throw new Error(`invalid json response: ${(error as Error).message}`, { cause: error })
  }
}

/** Telegram expects nothing where telegraf's callers leave null. */
const nullToNothing = (_: string, value: unknown): unknown => value ?? undefined

/** Files go in forms, which telegraf makes. It looks closer; what is none of them goes its way just as well. */
function carriesFile(payload: object): boolean {
  return Object.entries(payload).some(
    ([key, value]) =>
      key !== 'link_preview_options' && (Array.isArray(value) ? value.some(hasMedia) : isMedia(value)),
  )
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const isMedia = (value: unknown): boolean =>
  isObject(value) && ('source' in value || 'url' in value || hasMedia(value))
const hasMedia = (value: unknown): boolean =>
  isObject(value) && 'media' in value && isObject(value.media) && isMedia(value.media)

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
