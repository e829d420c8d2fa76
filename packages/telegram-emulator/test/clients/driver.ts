import type { RequestListener } from 'node:http'

/** What the suite needs of a library, so that each can do it in the way its own users would. */
export interface Driver {
  createBot(server: { url: string; token: string }): Bot
  /** What the library's own error says; null for any other error. */
  refusalOf(error: unknown): Refusal | null
  /** Whether it is the library's own error for a connection that failed. */
  isConnectionError(error: unknown): boolean
}

export interface Refusal {
  code: number
  description: string
  parameters: { retry_after?: number; migrate_to_chat_id?: number }
}

/** A bot of some library. What it does is told before it runs; calls work at any time. */
export interface Bot extends Listening, Running, Sending, Asking {}

export interface Listening {
  onCommand(name: string, handle: Handler<Heard>): void
  onMessage(handle: Handler<Heard>): void
  /** An inline button was pressed. */
  onPress(handle: Handler<Press>): void
  on<K extends keyof Updates>(kind: K, handle: Handler<Updates[K]>): void
}

export type Handler<T> = (happened: T) => Promise<unknown> | void

export interface Heard {
  message: Message
  reply(text: string, extra?: Extra): Promise<unknown>
}

export interface Press {
  data: string
  messageId: number
  answer(text: string): Promise<unknown>
  edit(text: string, extra?: EditExtra): Promise<unknown>
}

export interface Running {
  /** Long polling. Without `allowed`, the kinds of updates are those that the library asks for by itself. */
  startPolling(allowed?: Kind[]): Run
  /** The library's own webhook callback, for a server of node:http. */
  webhookListener(options: { path: string; secret: string }): RequestListener
}

export interface Run {
  /** Settles as what the library returned when it was started does. */
  ended: Promise<void>
  stop(): Promise<void>
}

export interface Sending {
  sendText(chatId: number, text: string, extra?: Extra): Promise<Message>
  editText(chatId: number, messageId: number, text: string, extra?: EditExtra): Promise<unknown>
  /** Without buttons those that are there go away. */
  editButtons(chatId: number, messageId: number, buttons?: Buttons): Promise<unknown>
  sendPhoto(chatId: number, file: File, caption?: string): Promise<Message>
  sendDocument(chatId: number, file: File): Promise<Message>
  /** Photos that are shown together; the caption stands below the first one. */
  sendAlbum(chatId: number, files: Bytes[], caption: string): Promise<Message[]>
  sendLocation(chatId: number, latitude: number, longitude: number): Promise<Message>
  sendContact(chatId: number, phoneNumber: string, firstName: string): Promise<Message>
  /** One that shows who voted for what. */
  sendPoll(chatId: number, question: string, options: string[]): Promise<Message>
  stopPoll(chatId: number, messageId: number): Promise<Poll>
  react(chatId: number, messageId: number, emoji: '👍' | '🔥'): Promise<unknown>
}

export interface Asking {
  /** One getUpdates without waiting, past the library's own loop. */
  getUpdates(): Promise<unknown[]>
  setWebhook(url: string, secret: string): Promise<unknown>
  deleteWebhook(): Promise<unknown>
  webhookError(): Promise<string | undefined>
  /** Gets the bytes by the library's own link or, where it makes none, by the address it documents. */
  download(fileId: string): Promise<Buffer>
  memberStatus(chatId: number, userId: number): Promise<string>
  setCommands(commands: Command[], onlyIn?: number): Promise<unknown>
  commands(onlyIn?: number): Promise<Command[]>
  /** A method that has no function of its own. */
  callAny(method: string): Promise<unknown>
  sendInvoice(chatId: number): Promise<unknown>
}

export interface Command {
  command: string
  description: string
}

/** Inline buttons in rows, made with the library's own builder. */
export type Buttons = [label: string, data: string][][]

/** What stands in place of the person's keyboard, made with the library's own builder. */
export type Keyboard = { rows: string[][] } | { askContact: string } | { askLocation: string } | 'remove'

export interface EditExtra {
  parseMode?: 'MarkdownV2' | 'HTML'
  buttons?: Buttons
}

export interface Extra extends EditExtra {
  keyboard?: Keyboard
  replyTo?: number
}

export interface Bytes {
  name: string
  bytes: Buffer
}
export type File = Bytes | { path: string } | { id: string }

/** Of messages and updates, what the suite looks at. */
export interface Message {
  message_id: number
  chat: { id: number }
  from?: { id: number; first_name: string }
  text?: string
  caption?: string
  entities?: { type: string; offset: number; length: number }[]
  media_group_id?: string
  photo?: { file_id: string; file_unique_id: string; width: number; height: number }[]
  document?: { file_id: string; file_name?: string; mime_type?: string; file_size?: number }
  location?: { latitude: number; longitude: number }
  contact?: { phone_number: string; first_name: string; user_id?: number }
  poll?: Poll
  reply_to_message?: { message_id: number }
  new_chat_members?: { id: number }[]
  migrate_to_chat_id?: number
}

export interface Poll {
  id: string
  question: string
  is_closed: boolean
  total_voter_count: number
  options: { text: string; voter_count: number }[]
}

export interface Updates {
  message_reaction: {
    message_id: number
    user?: { id: number }
    old_reaction: { type: string; emoji?: string }[]
    new_reaction: { type: string; emoji?: string }[]
  }
  poll: Poll
  poll_answer: { poll_id: string; user?: { id: number }; option_ids: number[] }
  my_chat_member: MemberChange
  chat_member: MemberChange
}

interface MemberChange {
  chat: { id: number }
  from: { id: number }
  old_chat_member: { status: string }
  new_chat_member: { status: string; user: { id: number } }
}

export type Kind = 'message' | 'callback_query' | keyof Updates
