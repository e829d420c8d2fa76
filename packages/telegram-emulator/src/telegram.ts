import type { State } from './state.ts'
import type { EmulatedMessage, EmulatedUser } from './types.ts'

/** Objects as the Bot API shows them. */

export const botObject = ({ bot }: State) => ({
  id: bot.id,
  is_bot: true,
  first_name: bot.firstName,
  username: bot.username,
})

export const userObject = (user: EmulatedUser) => ({
  id: user.id,
  is_bot: false,
  first_name: user.firstName,
  ...(user.lastName ? { last_name: user.lastName } : {}),
  ...(user.username ? { username: user.username } : {}),
  language_code: 'en',
})

export const chatObject = (user: EmulatedUser) => ({
  id: user.id,
  type: 'private',
  first_name: user.firstName,
  ...(user.username ? { username: user.username } : {}),
})

export function messageObject(state: State, message: EmulatedMessage) {
  const user = state.users.get(message.chatId) ?? {
    id: message.chatId,
    firstName: 'Unknown',
    started: false,
    blocked: false,
  }
  return {
    message_id: message.messageId,
    from: message.from === 'bot' ? botObject(state) : userObject(user),
    chat: chatObject(user),
    date: message.date,
    text: message.text,
    ...(message.entities.length > 0 ? { entities: message.entities } : {}),
    ...(message.replyMarkup?.inline_keyboard
      ? { reply_markup: { inline_keyboard: message.replyMarkup.inline_keyboard } }
      : {}),
    ...(message.editedAt ? { edit_date: message.editedAt } : {}),
  }
}

/** A refusal in Telegram's words. */
export class BotApiError extends Error {
  readonly status: number
  readonly parameters: Record<string, unknown> | undefined
  constructor(status: number, description: string, parameters?: Record<string, unknown>) {
    super(description)
    this.status = status
    this.parameters = parameters
  }
}

export const badRequest = (what: string) => new BotApiError(400, `Bad Request: ${what}`)
export const forbidden = (what: string) => new BotApiError(403, `Forbidden: ${what}`)
export const tooMany = (seconds: number) =>
  new BotApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
