import type { TelegramUpdate, TelegramWebhookInfo } from '@gramio/types'
import type { Polling, PollParams } from '../../updates/polling.ts'
import type { Webhook } from '../../updates/webhook.ts'
import type { WebhookParams } from '../../updates/webhookUrl.ts'
import { method } from '../method.ts'
import { file, flag, integer, json, text } from '../params.ts'

/** How updates reach the bot. */
export interface Transport {
  polling: Polling
  webhook: Webhook
}

const updateParams = { allowed_updates: json }

/** Methods about the delivery of updates; `getUpdates` waits, so it needs to know when its client is gone. */
export const updateMethods = ({ polling, webhook }: Transport) => [
  method(
    'getUpdates',
    { ...updateParams, offset: integer, limit: integer, timeout: integer },
    (_, params, { onGone }) =>
      polling.poll(withKinds<PollParams>(params), onGone) as Promise<TelegramUpdate[]>,
  ),
  method(
    'setWebhook',
    {
      ...updateParams,
      url: text,
      certificate: file,
      ip_address: text,
      max_connections: integer,
      secret_token: text,
      drop_pending_updates: flag,
    },
    (_, params, { describe }) => {
      const { result, description } = webhook.set(withKinds<WebhookParams>(params))
      describe(description)
      return result
    },
  ),
  method('deleteWebhook', { drop_pending_updates: flag }, (_, params, { describe }) => {
    const { result, description } = webhook.remove(params)
    describe(description)
    return result
  }),
  method('getWebhookInfo', {}, () => webhook.info() as TelegramWebhookInfo),
  /** A real bot that has logged out cannot come back for ten minutes; here it can at once. */
  method('logOut', {}, () => ended({ polling, webhook })),
  method('close', {}, () => ended({ polling, webhook })),
]

function ended({ polling, webhook }: Transport): true {
  webhook.remove({})
  polling.end(null)
  return true
}

/** Kinds of updates; what is no list of words is as if it was not there (Client.cpp, `get_allowed_update_types`). */
function withKinds<T>({ allowed_updates: given, ...params }: { allowed_updates?: unknown }): T {
  const kinds = listOf(given)
  const areWords = kinds?.every((kind) => typeof kind === 'string')
  return (areWords ? { ...params, allowed_updates: kinds } : params) as T
}

function listOf(given: unknown): unknown[] | null {
  try {
    const list = typeof given === 'string' ? (JSON.parse(given) as unknown) : given
    return Array.isArray(list) ? list : null
  } catch {
    return null
  }
}
