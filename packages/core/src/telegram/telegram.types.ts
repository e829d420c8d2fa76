import type { OutgoingPart, Reachability, TelegramState } from '@kamihi/contracts'

/** What became of one message. Telegram said no, or nobody answered, or we cannot know. */
export type SendOutcome =
  | { kind: 'sent'; messageId: number }
  | { kind: 'retry_after'; seconds: number }
  | { kind: 'unreachable'; reachability: Exclude<Reachability, 'ok'>; message: string }
  | { kind: 'migrated'; chatId: number }
  | { kind: 'rejected'; message: string }
  | { kind: 'unauthorized'; message: string }
  /** Not delivered for sure: refused connection, 5xx. */
  | { kind: 'unavailable'; message: string }
  /** Cut off after the request was written: it may have arrived. */
  | { kind: 'ambiguous'; message: string }
  /** `beforeWrite` said no, or the signal was aborted before anything was written. */
  | { kind: 'withdrawn' }

export interface SendOptions {
  /** Replies to people go before bulk. */
  lane: 'reply' | 'bulk'
  signal?: AbortSignal
  /** Called when the slot is granted, right before the request is written; `false` withdraws. */
  beforeWrite?: () => Promise<boolean>
}

export interface TelegramService {
  send(chatId: number, part: OutgoingPart, options: SendOptions): Promise<SendOutcome>
  state(): { state: TelegramState; detail: string | null; botUsername: string | null; isEmulator: boolean }
}
