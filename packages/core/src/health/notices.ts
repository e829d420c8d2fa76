import { everyItem, type Store } from '@kamihi/store'
import type { Logger } from '../logger.ts'
import { text } from '../output/toParts.ts'
import type { TelegramService } from '../telegram/telegram.types.ts'
import { explanations, type HealthStatus, isFatal } from './status.ts'

interface Bot {
  store: Store
  telegram: TelegramService
  logger: Logger
}

/** Longest time that a notice may take, when the bot ends after it. */
const patienceMs = 5000

/** Tells the admins of the bot by Telegram how its database is. As well as it can: it never fails, and ends after five seconds. */
export async function tellAdmins(bot: Bot, status: HealthStatus): Promise<void> {
  const signal = AbortSignal.timeout(patienceMs)
  const patience = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  const telling = sendToAdmins(bot, noticeOf(status), signal).catch((error: unknown) =>
    bot.logger.warning({ err: error }, 'The admins could not be told how the database is'),
  )
  await Promise.race([telling, patience])
}

async function sendToAdmins({ store, telegram }: Bot, markdown: string, signal: AbortSignal): Promise<void> {
  const admins = await everyItem((query) => store.users.list({ ...query, isAdmin: true }))
  const sends = admins.flatMap(({ telegramId }) =>
    text(markdown).map((part) => telegram.send(telegramId, part, { lane: 'reply', signal })),
  )
  await Promise.all(sends)
}

/** In Markdown. */
export function noticeOf(status: HealthStatus): string {
  if (status.state === 'ok') return '✅ The database can be written again. Jobs go on where they stopped.'
  const what = `⚠️ ${explanations[status.reason]}`
  return isFatal(status.reason)
    ? `${what} The bot stops. Its log says how to bring the newest backup back.`
    : `${what} Jobs wait and nothing is sent until it can be written again; that is tried every 15 seconds.`
}
