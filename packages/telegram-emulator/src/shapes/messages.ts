import { type Static, Type } from '@sinclair/typebox'
import { Media, MessageEntity } from './media.ts'

export const InlineButton = Type.Object(
  { text: Type.String(), callback_data: Type.Optional(Type.String()), url: Type.Optional(Type.String()) },
  { additionalProperties: true },
)
export type InlineButton = Static<typeof InlineButton>

export const KeyboardButton = Type.Object(
  {
    text: Type.String(),
    request_contact: Type.Optional(Type.Boolean()),
    request_location: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: true },
)
export type KeyboardButton = Static<typeof KeyboardButton>

/** Keyboards as the Bot API takes them. */
export const ReplyMarkup = Type.Object(
  {
    inline_keyboard: Type.Optional(Type.Array(Type.Array(InlineButton))),
    keyboard: Type.Optional(Type.Array(Type.Array(KeyboardButton))),
    remove_keyboard: Type.Optional(Type.Boolean()),
    force_reply: Type.Optional(Type.Boolean()),
    one_time_keyboard: Type.Optional(Type.Boolean()),
    input_field_placeholder: Type.Optional(Type.String()),
  },
  { additionalProperties: true },
)
export type ReplyMarkup = Static<typeof ReplyMarkup>

/** Something that happened in a chat, told as a message. */
export const Service = Type.Union([
  Type.Object({ kind: Type.Literal('joined'), userIds: Type.Array(Type.Integer()) }),
  Type.Object({ kind: Type.Literal('left'), userId: Type.Integer() }),
  Type.Object({ kind: Type.Literal('pinned'), messageId: Type.Integer() }),
  Type.Object({ kind: Type.Literal('migratedTo'), chatId: Type.Integer() }),
  Type.Object({ kind: Type.Literal('migratedFrom'), chatId: Type.Integer() }),
])
export type Service = Static<typeof Service>

export const Origin = Type.Object({
  senderId: Type.Integer({ description: 'Of the person or bot that wrote it first' }),
  date: Type.Integer(),
  messageId: Type.Optional(Type.Integer({ description: 'Of a post of a channel, which it was' })),
})

export const LinkPreview = Type.Object({
  is_disabled: Type.Optional(Type.Boolean()),
  url: Type.Optional(Type.String()),
  prefer_small_media: Type.Optional(Type.Boolean()),
  prefer_large_media: Type.Optional(Type.Boolean()),
  show_above_text: Type.Optional(Type.Boolean()),
})
export type LinkPreview = Static<typeof LinkPreview>

/** How a message is shown, as fields of a Bot API message; what is usual is left out. */
export const Look = Type.Object({
  has_media_spoiler: Type.Optional(Type.Literal(true)),
  show_caption_above_media: Type.Optional(Type.Literal(true)),
  link_preview_options: Type.Optional(LinkPreview),
})
export type Look = Static<typeof Look>

export const EmulatedMessage = Type.Object({
  messageId: Type.Integer({ description: 'Counts up in each chat' }),
  chatId: Type.Integer(),
  from: Type.Union([Type.Literal('user'), Type.Literal('bot')]),
  senderId: Type.Integer({ description: 'Id of the person or the bot; that of the channel for its posts' }),
  text: Type.String({ description: 'Text, or caption of what the message carries' }),
  entities: Type.Array(MessageEntity),
  media: Type.Optional(Media),
  look: Type.Optional(Look),
  service: Type.Optional(Service),
  replyTo: Type.Optional(Type.Integer({ description: 'Id of the message it answers' })),
  forwarded: Type.Optional(Origin),
  albumId: Type.Optional(Type.String({ description: 'The same for all items of an album' })),
  replyMarkup: Type.Optional(ReplyMarkup),
  reactions: Type.Optional(Type.Array(Type.Object({ senderId: Type.Integer(), emoji: Type.String() }))),
  votes: Type.Optional(
    Type.Array(Type.Object({ userId: Type.Integer(), options: Type.Array(Type.Integer()) }), {
      description: 'Who chose what in the poll; the bot sees it only where the poll is not anonymous',
    }),
  ),
  protectContent: Type.Optional(Type.Boolean()),
  date: Type.Integer({ description: 'Seconds since the epoch, as Telegram counts' }),
  editedAt: Type.Optional(Type.Integer({ description: 'Seconds since the epoch' })),
})
export type EmulatedMessage = Static<typeof EmulatedMessage>

export type NewMessage = Omit<EmulatedMessage, 'messageId' | 'date'>
