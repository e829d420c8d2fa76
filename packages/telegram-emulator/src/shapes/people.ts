import { type Static, Type } from '@sinclair/typebox'

/** Who talks with the bot. */
export const EmulatedUser = Type.Object({
  id: Type.Integer({ minimum: 1, description: 'Telegram id' }),
  firstName: Type.String({ minLength: 1, maxLength: 64 }),
  lastName: Type.Optional(Type.String({ maxLength: 64 })),
  username: Type.Optional(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{3,31}$', description: 'Without @' })),
  phoneNumber: Type.Optional(Type.String({ description: 'What they share as their own contact' })),
  languageCode: Type.Optional(Type.String({ description: 'IETF language tag; default en' })),
  started: Type.Boolean({ description: 'Has pressed Start: the bot may write to them' }),
  blocked: Type.Boolean({ description: 'Has blocked the bot' }),
  deactivated: Type.Boolean({ description: 'Has deleted their account' }),
  pinned: Type.Optional(
    Type.Array(Type.Integer(), { description: 'Ids of messages pinned in the chat with the bot' }),
  ),
})
export type EmulatedUser = Static<typeof EmulatedUser>

export const NewUser = Type.Composite(
  [
    Type.Omit(EmulatedUser, ['started', 'blocked', 'deactivated', 'pinned']),
    Type.Object({ started: Type.Optional(Type.Boolean({ description: 'Default true' })) }),
  ],
  { additionalProperties: false },
)
export type NewUser = Static<typeof NewUser>

const status = (description: string) =>
  Type.Union(
    [
      Type.Literal('creator'),
      Type.Literal('administrator'),
      Type.Literal('member'),
      Type.Literal('left'),
      Type.Literal('kicked'),
    ],
    { description },
  )

/** A chat of more than two. A chat with one person needs none of this: it is there with the person. */
export const EmulatedChat = Type.Object({
  id: Type.Integer({
    maximum: -1,
    description: 'Negative; that of a supergroup or channel begins with -100',
  }),
  type: Type.Union([Type.Literal('group'), Type.Literal('supergroup'), Type.Literal('channel')]),
  title: Type.String({ minLength: 1, maxLength: 128 }),
  username: Type.Optional(Type.String({ description: 'Without @, when it is public' })),
  botStatus: status('What the bot is in it'),
  members: Type.Array(
    Type.Object({
      userId: Type.Integer(),
      status: status('What this person is in it'),
      until: Type.Optional(Type.Integer({ description: 'When a ban ends, in seconds since the epoch' })),
    }),
  ),
  requests: Type.Array(Type.Integer(), { description: 'Ids of people who ask to be let in' }),
  pinned: Type.Array(Type.Integer(), { description: 'Ids of pinned messages, newest last' }),
  migratedTo: Type.Optional(Type.Integer({ description: 'The supergroup that it has become' })),
  migratedFrom: Type.Optional(Type.Integer()),
})
export type EmulatedChat = Static<typeof EmulatedChat>
export type MemberStatus = EmulatedChat['botStatus']
/** What somebody is in a chat, and if they are banned for a while until when. */
export type Member = Omit<EmulatedChat['members'][number], 'userId'>

export const NewChat = Type.Object(
  {
    id: Type.Optional(Type.Integer({ maximum: -1, description: 'Default: the next that is free' })),
    type: Type.Optional(EmulatedChat.properties.type),
    title: EmulatedChat.properties.title,
    username: EmulatedChat.properties.username,
    members: Type.Optional(
      Type.Array(Type.Integer(), { description: 'Ids of people; the first one is the creator' }),
    ),
    botStatus: Type.Optional(EmulatedChat.properties.botStatus),
  },
  { additionalProperties: false },
)
export type NewChat = Static<typeof NewChat>

export const Command = Type.Object({
  command: Type.String({ description: 'Without /' }),
  description: Type.String(),
})
export type Command = Static<typeof Command>
