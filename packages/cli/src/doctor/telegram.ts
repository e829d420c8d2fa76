import { type Config, redact, systemClock } from '@kamihi/core'
import { lasting } from '../words.ts'
import { error, type Finding, ok, warning } from './finding.ts'

/** Messages are signed by time, and so are their limits: more than this is too far. */
const longestDriftMs = 5000
const patienceMs = 10_000

/** What Telegram said of the bot. */
export type Answer =
  | { kind: 'unreachable'; detail: string }
  | { kind: 'answered'; status: number; me: Reply<Me>; webhook: Reply<Webhook>; driftMs: number | null }

interface Reply<T> {
  result?: T
  description?: string
}
interface Me {
  username: string
}
interface Webhook {
  url: string
  pending_update_count: number
  last_error_message?: string
}

/** Asks who the bot is, whether a webhook is set, and what time it is; changes nothing. */
export async function askTelegram(config: Config, token: string): Promise<Answer> {
  const base = `${config.telegram.apiRoot.replace(/\/+$/, '')}/bot${token}${config.testing ? '/test' : ''}`
  const call = (method: string) => fetch(`${base}/${method}`, { signal: AbortSignal.timeout(patienceMs) })
  try {
    const began = systemClock.now()
    const answer = await call('getMe')
    const driftMs = drift(answer.headers.get('date'), began, systemClock.now())
    const me = (await answer.json()) as Reply<Me>
    const webhook = (await (await call('getWebhookInfo')).json()) as Reply<Webhook>
    return { kind: 'answered', status: answer.status, me, webhook, driftMs }
  } catch (reason) {
    const { message, cause } = reason as Error
    const detail = cause instanceof Error ? `${message}: ${cause.message}` : message
    return { kind: 'unreachable', detail: redact(detail) }
  }
}

/** How far this clock is ahead of a `Date` header, whose seconds are cut off; null without one. */
export function drift(date: string | null, sentAt: number, answeredAt: number): number | null {
  const theirs = date === null ? Number.NaN : Date.parse(date)
  return Number.isNaN(theirs) ? null : Math.round((sentAt + answeredAt) / 2 - (theirs + 500))
}

export function telegramFindings(answer: Answer, mode: Config['telegram']['mode']): Finding[] {
  if (answer.kind === 'unreachable')
    return [
      error(
        'telegram',
        `Telegram cannot be reached: ${answer.detail}`,
        'Look at the network, and at telegram.api_root.',
      ),
    ]
  const { status, me, driftMs } = answer
  const clock = driftMs === null ? [] : [clockFinding(driftMs)]
  if (status === 401 || status === 404)
    return [
      error('telegram', 'Telegram does not know this token.', 'Set token to the one that @BotFather shows.'),
      ...clock,
    ]
  if (!me.result)
    return [
      error(
        'telegram',
        `Telegram answered ${status}: ${redact(me.description ?? 'nothing that can be read')}`,
        'Try again later.',
      ),
      ...clock,
    ]
  return [
    ok('telegram', `The bot is @${me.result.username}.`),
    webhookFinding(answer.webhook.result, mode),
    ...clock,
  ]
}

function webhookFinding(webhook: Webhook | undefined, mode: Config['telegram']['mode']): Finding {
  const check = 'webhook'
  if (!webhook) return warning(check, 'Telegram did not tell whether a webhook is set.', 'Try again later.')
  const waiting = `${webhook.pending_update_count} updates wait.`
  if (mode === 'polling' && webhook.url !== '')
    return warning(
      check,
      'A webhook is set, so another program gets the updates.',
      'Stop that program. The bot removes the webhook when it starts.',
    )
  if (mode === 'webhook' && webhook.url === '')
    return warning(check, 'No webhook is set, so no updates come.', 'Start the bot, which sets it.')
  if (mode === 'webhook' && webhook.last_error_message)
    return warning(
      check,
      `Telegram could not deliver: ${redact(webhook.last_error_message)}`,
      'Look at the address of the webhook, and at the proxy in front of it.',
    )
  return ok(check, `As ${mode} needs it. ${waiting}`)
}

function clockFinding(driftMs: number): Finding {
  const check = 'clock'
  const far = Math.abs(driftMs)
  if (far <= longestDriftMs) return ok(check, 'The clock is right, within seconds.')
  return warning(
    check,
    `The clock is ${lasting(far)} ${driftMs > 0 ? 'ahead of' : 'behind'} that of Telegram: jobs fire at the wrong time.`,
    'Let the machine set its clock by the network (NTP).',
  )
}
