import type { ClockState } from './clock.ts'

/** A chat or user id of the emulator. */
export type ChatId = number

export interface EmulatedUser {
  id: number
  firstName: string
  lastName?: string
  username?: string
  /** Has pressed Start: the bot may write to them. */
  started: boolean
  blocked: boolean
}

export interface NewUser {
  id: number
  firstName: string
  lastName?: string
  username?: string
  /** Default true. */
  started?: boolean
}

export interface MessageEntity {
  type: string
  offset: number
  length: number
  url?: string
  language?: string
  user?: { id: number }
  custom_emoji_id?: string
}

export interface InlineButton {
  text: string
  callback_data?: string
  url?: string
}

export interface ReplyMarkup {
  inline_keyboard?: InlineButton[][]
  keyboard?: ({ text: string } | string)[][]
  remove_keyboard?: boolean
  one_time_keyboard?: boolean
  [key: string]: unknown
}

export interface EmulatedMessage {
  messageId: number
  chatId: number
  from: 'user' | 'bot'
  text: string
  entities: MessageEntity[]
  replyMarkup?: ReplyMarkup
  /** Seconds since the epoch, as Telegram counts. */
  date: number
  editedAt?: number
}

export interface Command {
  command: string
  description: string
}

/** A call of the Bot API, with what it was answered. */
export interface RecordedCall {
  method: string
  params: Record<string, unknown>
  response: unknown
  at: number
}

export interface Fault {
  /** Default: every method. */
  method?: string
  chatId?: number
  /** Default 1. */
  times?: number
  error:
    | { status: number; description: string; retryAfter?: number }
    | 'reset-before'
    | 'reset-after'
    | { delayMs: number }
}

/** What the bot does next by itself, and when (epoch ms). */
export interface Due {
  label: string
  at: number
}

/** What happens in the emulator, for the chat page and for tests that wait. */
export type EmulatorEvent =
  | { type: 'message'; message: EmulatedMessage }
  | { type: 'edited'; message: EmulatedMessage }
  | { type: 'deleted'; chatId: number; messageId: number }
  | { type: 'users' }
  | { type: 'commands' }
  | { type: 'typing'; chatId: number }
  | { type: 'answered'; userId: number; text: string; alert: boolean }
  | { type: 'call'; call: RecordedCall }
  | { type: 'update'; update: Update }
  | { type: 'clock'; clock: ClockState; due: Due | null }
  | { type: 'reset' }

export interface Update {
  update_id: number
  [kind: string]: unknown
}
