import type { Fault, SetFault } from '../faults/faults.ts'
import type { FloodCounters, FloodLimits } from '../flood/flood.ts'
import type { ClockState, Due, RecordedCall } from '../shapes/events.ts'
import type { InputFile, Location } from '../shapes/media.ts'
import type { EmulatedMessage } from '../shapes/messages.ts'
import type { Command, EmulatedChat, EmulatedUser, NewChat, NewUser } from '../shapes/people.ts'
import type { Snapshot } from '../world/snapshot.ts'

/** Where something is done, when it is not the person's own chat with the bot. */
export interface Where {
  /** Id of a group, supergroup or channel. */
  chatId?: number
}

/** How a message is sent. */
export interface Sending extends Where {
  /** Id of the message that is answered. */
  replyTo?: number
  /** Text beside a file. */
  caption?: string
}

export interface BotInfo {
  id: number
  username: string
  firstName: string
  token: string
}

/** What a test, a script or the chat page can do with the emulator, in process or over HTTP. Ids are those of Telegram; times are epoch ms. */
export interface EmulatorControl
  extends PeopleControl,
    ChatControl,
    ActControl,
    InspectControl,
    SwitchControl,
    TimeControl,
    StateControl {}

export interface PeopleControl {
  /** Adds a person, or changes one that is there. */
  addUser(user: NewUser): Promise<EmulatedUser>
  users(): Promise<EmulatedUser[]>
  /** Presses Start. */
  start(userId: number): Promise<void>
  block(userId: number): Promise<void>
  unblock(userId: number): Promise<void>
  /** Deletes their account: what the bot sends them is refused from now on. */
  deactivate(userId: number): Promise<void>
}

export interface ChatControl {
  /** Opens a group (default), supergroup or channel with the bot in it. */
  addChat(chat: NewChat): Promise<EmulatedChat>
  chats(): Promise<EmulatedChat[]>
  join(userId: number, chatId: number): Promise<void>
  leave(userId: number, chatId: number): Promise<void>
  /** Asks to be let in, as where a link of invitation requires it. */
  requestToJoin(userId: number, chatId: number): Promise<void>
  /** Makes the bot a member or administrator of a chat, or removes it (`left`, `kicked`). */
  setBotStatus(chatId: number, status: EmulatedChat['botStatus']): Promise<void>
  /** Upgrades a group to a supergroup, which has another id. */
  migrate(chatId: number): Promise<EmulatedChat>
}

export interface ActControl {
  /** Writes; a text that begins with `/` is a command. In a channel it is a post. */
  say(userId: number, text: string, sending?: Sending): Promise<EmulatedMessage>
  /** Sends `/name`, with what follows it. */
  command(userId: number, name: string, sending?: Sending): Promise<EmulatedMessage>
  /** Without a file, a small picture is sent. */
  sendPhoto(userId: number, file?: InputFile | null, sending?: Sending): Promise<EmulatedMessage>
  /** Photos and videos that are shown together, 2 to 10. */
  sendAlbum(userId: number, files: InputFile[], sending?: Sending): Promise<EmulatedMessage[]>
  sendDocument(userId: number, file: InputFile, sending?: Sending): Promise<EmulatedMessage>
  sendVoice(userId: number, file: InputFile, sending?: Sending): Promise<EmulatedMessage>
  sendLocation(userId: number, location: Location, sending?: Sending): Promise<EmulatedMessage>
  /** Shares the person's own contact, as the button `request_contact` does. */
  sendContact(userId: number, sending?: Sending): Promise<EmulatedMessage>
  edit(userId: number, messageId: number, text: string, where?: Where): Promise<EmulatedMessage>
  /** Takes back one of their own messages; a bot is not told of it. */
  deleteMessage(userId: number, messageId: number, where?: Where): Promise<void>
  /** Presses an inline button. @throws Error when no button of the message has this data */
  click(userId: number, messageId: number, data: string, where?: Where): Promise<void>
  /** Reacts with an emoji; null takes the reaction away. */
  react(userId: number, messageId: number, emoji: string | null, where?: Where): Promise<void>
  /** Answers a poll with these options, counted from 0; none takes the vote back. */
  vote(userId: number, messageId: number, options: number[], where?: Where): Promise<void>
  /** Types `@bot query` in some chat. */
  inlineQuery(userId: number, query: string): Promise<void>
}

export interface InspectControl {
  /** A conversation, oldest first: by the id of a person or of a chat. */
  messages(chatId: number): Promise<EmulatedMessage[]>
  /** Resolves with the first message that matches, of those there are and those that come. Rejects after `timeoutMs` (15 s, real time). */
  waitForMessage(
    chatId: number,
    match: (message: EmulatedMessage) => boolean,
    options?: { timeoutMs?: number; afterMessageId?: number },
  ): Promise<EmulatedMessage>
  calls(filter?: { method?: string; chatId?: number }): Promise<RecordedCall[]>
  /** The "/" menu that this person sees in their own chat with the bot, or in a group. */
  commandsFor(userId: number, where?: Where): Promise<Command[]>
  bot(): Promise<BotInfo>
}

export interface SwitchControl {
  /** Calls that match fail in this way, the next one unless told otherwise. */
  fail(fault: Fault): Promise<SetFault>
  faults(): Promise<SetFault[]>
  /** Takes one fault away, or all of them. */
  clearFaults(id?: number): Promise<void>
  /** Flood limits, null when they are off, and what they have let through and refused. */
  limits(): Promise<{ limits: FloodLimits | null; counters: FloodCounters }>
  /** Changes flood limits; null switches them off, true sets the usual ones. */
  setLimits(limits: Partial<FloodLimits> | boolean | null): Promise<void>
}

export interface TimeControl {
  /** The time of the emulator, and what the bot does next. */
  time(): Promise<ClockState & { due: Due | null }>
  /** Moves the time forward by `ms`. */
  advance(ms: number): Promise<void>
  /** Moves the time to what the bot does next. Rejects when it has not said that there is anything. */
  advanceToDue(): Promise<void>
  freeze(): Promise<void>
  resume(): Promise<void>
  /** Tells what the bot does next by itself, so that one can jump there. */
  announce(due: Due | null): Promise<void>
}

export interface StateControl {
  /** People, chats, messages, files, menus and pending updates as JSON. */
  save(): Promise<Snapshot>
  /** Puts back what `save` gave; what is there is dropped. */
  load(snapshot: Snapshot): Promise<void>
  /** Drops people, chats, messages, calls and faults; the clock goes on. */
  reset(): Promise<void>
}
