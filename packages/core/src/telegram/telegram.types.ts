import type { OutgoingPart, Reachability, TelegramState } from '@kamihi/contracts'

/** What became of one message. Telegram said no, or nobody answered, or we cannot know. */
export type SendOutcome = { kind: 'sent'; messageId: number } | CallFailure

/** Why a call to a chat did not do what it was for, as far as that is known. */
export type CallFailure =
  /** Telegram asked to wait, now or before: of the bulk lane, whatever would wait longer than 5 s is told so at once. */
  | { kind: 'retry_after'; seconds: number }
  | { kind: 'unreachable'; reachability: Exclude<Reachability, 'ok'>; message: string }
  | { kind: 'migrated'; chatId: number }
  | { kind: 'rejected'; message: string }
  /** Telegram does not know the token: nothing can be delivered to anybody. */
  | { kind: 'unauthorized'; message: string }
  /** Not delivered for sure: refused connection, 5xx. */
  | { kind: 'unavailable'; message: string }
  /** Cut off after the request was written: it may have arrived. */
  | { kind: 'ambiguous'; message: string }
  /** `beforeWrite` said no, or the signal was aborted before anything was written. */
  | { kind: 'withdrawn' }

/** Whether messages to a chat can arrive. */
export type ReachOutcome = { kind: 'reached' } | CallFailure

export interface SendOptions {
  /** Replies to people go before bulk. */
  lane: 'reply' | 'bulk'
  signal?: AbortSignal
  /** Called when the slot is granted, right before the request is written; `false` withdraws. */
  beforeWrite?: () => Promise<boolean>
}

/** Sends to a private chat what its person may have. */
export type CommandAnswer = (asked: { telegramId: number; chatId: number }) => Promise<boolean>

export interface TelegramService {
  /** Sends one message when its turn comes. @throws what `beforeWrite` throws, and nothing else */
  send(chatId: number, part: OutgoingPart, options: SendOptions): Promise<SendOutcome>
  /** Asks Telegram, when its turn comes, whether messages to a chat can arrive; nobody is notified. */
  reach(chatId: number): Promise<ReachOutcome>
  /** Whether a message could be written right now, without waiting for its turn. Costs no more than a look. */
  hasRoom(chatId: number, lane: SendOptions['lane']): boolean
  /**
   * Answers a command that somebody writes to the bot alone, unless an action has it. `answer` sends by itself; `false`: as if there were
   * no such command.
   */
  onCommand(command: string, answer: CommandAnswer): void
  /** What went to Telegram and came from it since the start. */
  traffic(): TelegramTraffic
  state(): { state: TelegramState; detail: string | null; botUsername: string | null; isEmulator: boolean }
}

/** What went to Telegram and came from it since the process started; instants are epoch milliseconds. */
export interface TelegramTraffic {
  /** Messages by what became of them; those that had to wait too long are `retry_after`. */
  outcomes: Partial<Record<SendOutcome['kind'], number>>
  /** Messages sent a second, over the last ten seconds. */
  perSecond: number
  /** Messages that wait for their turn, or for Telegram's answer. */
  waiting: number
  /** Until when all bulk waits because Telegram asked for it; null when it does not. */
  pausedUntil: number | null
  /** Since when the connection is in its state. */
  since: number
  lastUpdateAt: number | null
  /** When Telegram last answered the request for updates. */
  lastAnswerAt: number | null
}
