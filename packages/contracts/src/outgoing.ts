import { type Static, Type } from '@sinclair/typebox'

/** A span of formatted text; offsets and lengths in UTF-16 code units, as Telegram counts them. */
export const TextEntity = Type.Object({
  type: Type.String(),
  offset: Type.Integer({ minimum: 0 }),
  length: Type.Integer({ minimum: 1 }),
  url: Type.Optional(Type.String()),
  language: Type.Optional(Type.String()),
})
export type TextEntity = Static<typeof TextEntity>

/** One outgoing message, ready to be sent and plain enough to be stored. */
export const OutgoingPart = Type.Object({
  kind: Type.Literal('text'),
  text: Type.String({ maxLength: 4096 }),
  entities: Type.Array(TextEntity),
  replyMarkup: Type.Optional(Type.Unknown()),
  linkPreview: Type.Optional(Type.Boolean()),
})
export type OutgoingPart = Static<typeof OutgoingPart>
