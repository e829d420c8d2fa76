import { BotApiError, tooMany } from '../botApi/answer.ts'
import type { EmulatorClock } from '../clock.ts'
import { type Delivery, startDelivery } from './delivery.ts'
import type { UpdateQueue } from './updateQueue.ts'
import { createPost } from './webhookPost.ts'
import {
  addressOf,
  checkWebhook,
  isSameWebhook,
  readSettings,
  type WebhookParams,
  type WebhookSettings,
} from './webhookUrl.ts'

export type { WebhookParams, WebhookSettings } from './webhookUrl.ts'

/** As the Bot API shows it. */
export interface WebhookInfo {
  url: string
  has_custom_certificate: boolean
  pending_update_count: number
  last_error_date?: number
  last_error_message?: string
  max_connections?: number
  ip_address?: string
  allowed_updates?: string[]
}

export interface WebhookAnswer {
  result: true
  description: string
}

export interface Webhook {
  /**
   * An empty URL deletes the webhook. As with the real server, a refused URL has ended the webhook before it.
   * @throws BotApiError in the server's words
   */
  set(params: WebhookParams): WebhookAnswer
  remove(params: { drop_pending_updates?: boolean }): WebhookAnswer
  info(): WebhookInfo
  isActive(): boolean
  /** Stops sending and waits for the connections; what was not accepted stays in the queue. */
  close(): Promise<void>
}

export interface WebhookOptions {
  queue: UpdateQueue
  clock: EmulatorClock
  /** Ends the getUpdates that waits: one cannot have both. */
  endPolling(error: BotApiError): void
  /** Calls a method that the webhook answered with. Nobody learns what came of it. */
  answerCall(method: string, params: Record<string, unknown>): Promise<unknown>
  random?: () => number
  fetch?: typeof fetch
}

/**
 * Sends updates to the bot's own server, by the rules of telegram-bot-api's WebhookActor. Not modelled: the
 * host is not looked up before it is set, `ip_address` is only shown, a certificate is noted but not trusted,
 * and new connections are not paced.
 */
export function createWebhook(options: WebhookOptions): Webhook {
  const { queue, clock, endPolling, answerCall, random = Math.random, fetch = globalThis.fetch } = options
  let settings: WebhookSettings | null = null
  let delivery: Delivery | null = null
  let lastError: { date: number; message: string } | null = null
  let nextSetAt = Number.NEGATIVE_INFINITY
  let stopping: Promise<unknown> = Promise.resolve()

  const stop = () => {
    if (delivery) stopping = Promise.all([stopping, delivery.stop()])
    delivery = null
    settings = null
    lastError = null
  }
  const start = (wanted: WebhookSettings, target: URL) => {
    settings = wanted
    const { secretToken, maxConnections } = wanted
    delivery = startDelivery({
      queue,
      clock,
      post: createPost({ target, fetch, ...(secretToken ? { secretToken } : {}) }),
      maxConnections,
      random,
      onCall({ method, params }) {
        Promise.resolve()
          .then(() => answerCall(method, params))
          .catch(() => {})
      },
      onError(message) {
        lastError = { date: Math.floor(clock.now() / 1000), message }
      },
      onGone: stop,
    })
  }

  const change = (wanted: WebhookSettings | null, params: WebhookParams): WebhookAnswer => {
    if (isSameWebhook(settings, wanted) && !params.drop_pending_updates) {
      queue.allow(params.allowed_updates)
      return done(wanted ? 'Webhook is already set' : 'Webhook is already deleted')
    }
    if (wanted) endPolling(new BotApiError(409, 'Conflict: terminated by setWebhook request'))
    const wasActive = settings !== null
    stop()
    if (params.drop_pending_updates) queue.drop()
    if (!wanted) return done(wasActive ? 'Webhook was deleted' : 'Webhook is already deleted')
    const target = checkWebhook(wanted)
    queue.allow(params.allowed_updates)
    start(wanted, target)
    return done('Webhook was set')
  }

  return {
    set(params) {
      const { url } = params
      if (!url) return change(null, params)
      if (clock.now() < nextSetAt) throw tooMany(1)
      nextSetAt = clock.now() + 1000
      return change(readSettings({ ...params, url }), params)
    },
    remove: (params) => change(null, params),
    info: () => describe(settings, lastError, queue),
    isActive: () => settings !== null,
    async close() {
      stop()
      await stopping
    },
  }
}

const done = (description: string): WebhookAnswer => ({ result: true, description })

function describe(
  settings: WebhookSettings | null,
  lastError: { date: number; message: string } | null,
  queue: UpdateQueue,
): WebhookInfo {
  const allowed = queue.allowed()
  return {
    url: settings?.url ?? '',
    has_custom_certificate: settings?.hasCertificate ?? false,
    pending_update_count: queue.pending(),
    ...(lastError ? { last_error_date: lastError.date, last_error_message: lastError.message } : {}),
    ...(settings ? { max_connections: settings.maxConnections, ip_address: addressOf(settings) } : {}),
    ...(allowed ? { allowed_updates: allowed } : {}),
  }
}
