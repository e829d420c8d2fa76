import type { TestBot } from '../bot.ts'
import type { Row } from './world.ts'

/** A webhook may be set once a second. */
const later =
  (params: object) =>
  async ({ control }: TestBot) => {
    await control.advance(1001)
    return { url: 'http://127.0.0.1:1/hook', ...params }
  }

export const updates: Row[] = [
  // Client.cpp, `do_set_webhook`
  [
    'an address that is none',
    'setWebhook',
    later({ url: 'ftp://a.dev' }),
    400,
    'Bad Request: invalid webhook URL specified',
  ],
  [
    'a long secret',
    'setWebhook',
    later({ secret_token: 'x'.repeat(257) }),
    400,
    'Bad Request: secret token is too long',
  ],
  [
    'a secret of two words',
    'setWebhook',
    later({ secret_token: 'a b' }),
    400,
    'Bad Request: secret token contains unallowed characters',
  ],
  // WebhookActor.cpp
  [
    'an IP address that is none',
    'setWebhook',
    later({ ip_address: 'here' }),
    400,
    'Bad Request: bad webhook: Invalid IP address specified',
  ],
  // Client.cpp, `process_set_webhook_query`
  [
    'a webhook within the second',
    'setWebhook',
    async (bot) => {
      await bot.ok('setWebhook', await later({})(bot))
      return { url: 'http://127.0.0.1:1/other' }
    },
    429,
    'Too Many Requests: retry after 1',
    { retry_after: 1 },
  ],
  // Client.cpp, `process_get_updates_query`
  [
    'updates while a webhook is set',
    'getUpdates',
    {},
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  ],
]
