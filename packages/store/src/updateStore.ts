export interface Conversation {
  chatId: number
  userId: number
  action: string
  /** Changes with the questions of the action; an older one is dropped. */
  schemaVersion: string
  /** Name of the argument being asked; empty when all are answered and the action is called. */
  step: string
  answers: Record<string, unknown>
  /** Null until the question has arrived. */
  askedMessageId: number | null
  /** Update that brought it here. Taken up again after a crash it asks what was not asked, and is no second answer. */
  answeredBy: number | null
  expiresAt: number
  /** Rises with each save. */
  version: number
}

/** Updates of Telegram, kept before it is told that they arrived. */
export interface UpdateStore {
  /** Stores updates and returns those not seen before, so that Telegram can be told they arrived. */
  receive(
    updates: { updateId: number; payload: unknown }[],
    now: number,
  ): Promise<{ updateId: number; payload: unknown }[]>
  /**
   * Written before an action that must not be called twice is called; false, and nothing is written, when it was before or when the
   * update is handled. In the same commit saves the dialog that the update completed.
   */
  begin(updateId: number, now: number, dialog?: Omit<Conversation, 'version'>): Promise<boolean>
  /** In the same commit ends the dialog of `asked` when this update completed it. */
  handled(updateId: number, now: number, asked?: { chatId: number; userId: number }): Promise<void>
  /** Received but not handled when the process ended; of those that are `begun` nobody knows how far they came. */
  unhandled(): Promise<{ updateId: number; payload: unknown; begun: boolean }[]>
  /** Removes those that were handled and came before; gives how many, at most `limit`. */
  prune(olderThan: number, limit: number): Promise<number>
}

/** Dialogs in progress, one for each (chat, user). */
export interface ConversationStore {
  get(chatId: number, userId: number): Promise<Conversation | null>
  /** Inserts or replaces; the version rises by one. */
  save(conversation: Omit<Conversation, 'version'>): Promise<Conversation>
  end(chatId: number, userId: number): Promise<boolean>
  /** Removes and returns those past their time. While an answer is being handled, nobody is silent. */
  takeExpired(now: number): Promise<Conversation[]>
}
