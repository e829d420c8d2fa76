import { type TObject, type TSchema, Type } from '@sinclair/typebox'
import { Fault, SetFault } from '../faults/faults.ts'
import { FloodCounters, FloodLimits } from '../flood/flood.ts'
import { ClockState, Due, RecordedCall } from '../shapes/events.ts'
import { InputFile, Location } from '../shapes/media.ts'
import { EmulatedMessage } from '../shapes/messages.ts'
import { Command, EmulatedChat, EmulatedUser, NewChat, NewUser } from '../shapes/people.ts'
import { Snapshot } from '../world/snapshot.ts'
import type { EmulatorControl } from './control.ts'

/** A control call over HTTP: `POST /_emu/<name>`; its arguments by name, in the order of the function's parameters. */
export interface ControlCall {
  summary: string
  args: TObject
  result: TSchema
}

/** What cannot travel: a function as an argument. */
export type RemoteName = Exclude<keyof EmulatorControl, 'waitForMessage'>

const userId = Type.Integer({ minimum: 1, description: 'Telegram id of a person' })
const chatId = Type.Integer({ description: 'Id of a group, supergroup or channel' })
const messageId = Type.Integer({ minimum: 1 })
/** A name that is misspelt is refused, for it would do something else than was meant. */
const exact = { additionalProperties: false }
const where = Type.Optional(Type.Object({ chatId: Type.Optional(chatId) }, exact))
const sending = Type.Optional(
  Type.Object(
    {
      chatId: Type.Optional(chatId),
      replyTo: Type.Optional(messageId),
      caption: Type.Optional(Type.String()),
    },
    exact,
  ),
)
const nothing = Type.Null()
const call = (summary: string, args: TObject['properties'], result: TSchema = nothing): ControlCall => ({
  summary,
  args: Type.Object(args, exact),
  result,
})

export const controlCalls: Record<RemoteName, ControlCall> = {
  addUser: call('Adds a person, or changes one that is there', { user: NewUser }, EmulatedUser),
  users: call('All people', {}, Type.Array(EmulatedUser)),
  start: call('Presses Start', { userId }),
  block: call('Blocks the bot', { userId }),
  unblock: call('Lets the bot write again', { userId }),
  deactivate: call('Deletes the account of a person', { userId }),
  addChat: call('Opens a group, supergroup or channel with the bot in it', { chat: NewChat }, EmulatedChat),
  chats: call('All groups, supergroups and channels', {}, Type.Array(EmulatedChat)),
  join: call('Joins a chat', { userId, chatId }),
  leave: call('Leaves a chat', { userId, chatId }),
  requestToJoin: call('Asks to be let into a chat', { userId, chatId }),
  setBotStatus: call('Makes the bot a member or administrator, or removes it', {
    chatId,
    status: EmulatedChat.properties.botStatus,
  }),
  migrate: call('Upgrades a group to a supergroup', { chatId }, EmulatedChat),
  say: call('Writes a message', { userId, text: Type.String(), sending }, EmulatedMessage),
  command: call('Sends a command', { userId, name: Type.String(), sending }, EmulatedMessage),
  sendPhoto: call(
    'Sends a photo',
    { userId, file: Type.Optional(Type.Union([InputFile, Type.Null()])), sending },
    EmulatedMessage,
  ),
  sendAlbum: call(
    'Sends photos and videos together',
    { userId, files: Type.Array(InputFile), sending },
    Type.Array(EmulatedMessage),
  ),
  sendDocument: call('Sends a document', { userId, file: InputFile, sending }, EmulatedMessage),
  sendVoice: call('Sends a voice message', { userId, file: InputFile, sending }, EmulatedMessage),
  sendLocation: call('Sends a location', { userId, location: Location, sending }, EmulatedMessage),
  sendContact: call('Shares the own contact', { userId, sending }, EmulatedMessage),
  edit: call('Edits an own message', { userId, messageId, text: Type.String(), where }, EmulatedMessage),
  deleteMessage: call('Takes back an own message', { userId, messageId, where }),
  click: call('Presses an inline button', { userId, messageId, data: Type.String(), where }),
  react: call('Reacts to a message; null takes the reaction away', {
    userId,
    messageId,
    emoji: Type.Union([Type.String(), Type.Null()]),
    where,
  }),
  vote: call('Answers a poll', {
    userId,
    messageId,
    options: Type.Array(Type.Integer({ minimum: 0 })),
    where,
  }),
  inlineQuery: call('Types @bot and a query', { userId, query: Type.String() }),
  messages: call(
    'A conversation, oldest first',
    { chatId: Type.Integer({ description: 'Id of a person or a chat' }) },
    Type.Array(EmulatedMessage),
  ),
  calls: call(
    'What the bot asked of the Bot API, oldest first',
    {
      filter: Type.Optional(
        Type.Object({ method: Type.Optional(Type.String()), chatId: Type.Optional(Type.Integer()) }, exact),
      ),
    },
    Type.Array(RecordedCall),
  ),
  commandsFor: call('The "/" menu that a person sees', { userId, where }, Type.Array(Command)),
  bot: call(
    'Who the bot is',
    {},
    Type.Object({
      id: Type.Integer(),
      username: Type.String(),
      firstName: Type.String(),
      token: Type.String(),
    }),
  ),
  fail: call('Makes calls fail', { fault: Fault }, SetFault),
  faults: call('Faults that are set', {}, Type.Array(SetFault)),
  clearFaults: call('Takes a fault away, or all', { id: Type.Optional(Type.Integer()) }),
  limits: call(
    'Flood limits and what they have done',
    {},
    Type.Object({ limits: Type.Union([FloodLimits, Type.Null()]), counters: FloodCounters }),
  ),
  setLimits: call('Changes flood limits; null switches them off', {
    limits: Type.Union([Type.Partial(FloodLimits, exact), Type.Boolean(), Type.Null()]),
  }),
  time: call(
    'The time, and what the bot does next',
    {},
    Type.Composite([ClockState, Type.Object({ due: Type.Union([Due, Type.Null()]) })]),
  ),
  advance: call('Moves the time forward', { ms: Type.Number({ minimum: 0, description: 'Milliseconds' }) }),
  advanceToDue: call('Moves the time to what the bot does next', {}),
  freeze: call('Stops the clock', {}),
  resume: call('Lets the clock run', {}),
  announce: call('Tells what the bot does next', { due: Type.Union([Due, Type.Null()]) }),
  save: call('The state as JSON', {}, Snapshot),
  load: call('Puts back what save gave', { snapshot: Snapshot }),
  reset: call('Drops people, chats, messages, calls and faults', {}),
}

/** The form of an answer: what came of it, or why not. */
export const Refusal = Type.Object({ error: Type.String({ description: 'In one sentence' }) })
