import { type Static, type TProperties, Type } from '@sinclair/typebox'

/** What a message can carry, in the shapes of the Bot API. */

const file = <T extends TProperties>(properties: T) =>
  Type.Object({
    file_id: Type.String(),
    file_unique_id: Type.String(),
    file_size: Type.Optional(Type.Integer({ description: 'Bytes' })),
    ...properties,
  })
const length = Type.Integer({ minimum: 0 })
const named = {
  file_name: Type.Optional(Type.String()),
  mime_type: Type.Optional(Type.String()),
}

export const PhotoSize = file({ width: length, height: length })
export type PhotoSize = Static<typeof PhotoSize>

export const Location = Type.Object({
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
  horizontal_accuracy: Type.Optional(Type.Number()),
  live_period: Type.Optional(Type.Integer({ description: 'Seconds' })),
  heading: Type.Optional(Type.Integer()),
  proximity_alert_radius: Type.Optional(Type.Integer()),
})
export type Location = Static<typeof Location>

export const entityTypes = [
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
  'text_link',
  'text_mention',
  'custom_emoji',
  'date_time',
] as const

export type EntityType = (typeof entityTypes)[number]

export const MessageEntity = Type.Object({
  type: Type.Union(entityTypes.map((type) => Type.Literal(type))),
  offset: Type.Integer({ description: 'UTF-16 code units' }),
  length: Type.Integer({ description: 'UTF-16 code units' }),
  url: Type.Optional(Type.String()),
  language: Type.Optional(Type.String()),
  user: Type.Optional(Type.Object({ id: Type.Integer() })),
  custom_emoji_id: Type.Optional(Type.String()),
  unix_time: Type.Optional(Type.Integer()),
  date_time_format: Type.Optional(Type.String()),
})
export type MessageEntity = Static<typeof MessageEntity>

export const Poll = Type.Object({
  id: Type.String(),
  question: Type.String(),
  question_entities: Type.Optional(Type.Array(MessageEntity)),
  options: Type.Array(
    Type.Object({
      persistent_id: Type.String(),
      text: Type.String(),
      voter_count: Type.Integer(),
    }),
  ),
  total_voter_count: Type.Integer(),
  is_closed: Type.Boolean(),
  is_anonymous: Type.Boolean(),
  type: Type.Union([Type.Literal('regular'), Type.Literal('quiz')]),
  allows_multiple_answers: Type.Boolean(),
  allows_revoting: Type.Boolean(),
  members_only: Type.Boolean(),
  correct_option_ids: Type.Optional(Type.Array(Type.Integer())),
  explanation: Type.Optional(Type.String()),
  explanation_entities: Type.Optional(Type.Array(MessageEntity)),
  open_period: Type.Optional(Type.Integer()),
  close_date: Type.Optional(Type.Integer()),
})
export type Poll = Static<typeof Poll>

const thumbnail = { thumbnail: Type.Optional(PhotoSize) }
const seconds = Type.Integer({ minimum: 0, description: 'Seconds' })

/** By kind, the field of a Bot API message. */
export const mediaShapes = {
  photo: Type.Array(PhotoSize),
  document: file({ ...named, ...thumbnail }),
  video: file({ ...named, ...thumbnail, width: length, height: length, duration: seconds }),
  animation: file({ ...named, ...thumbnail, width: length, height: length, duration: seconds }),
  audio: file({
    ...named,
    ...thumbnail,
    duration: seconds,
    performer: Type.Optional(Type.String()),
    title: Type.Optional(Type.String()),
  }),
  voice: file({ mime_type: Type.Optional(Type.String()), duration: seconds }),
  video_note: file({ ...thumbnail, length, duration: seconds }),
  sticker: file({
    type: Type.Literal('regular'),
    width: length,
    height: length,
    is_animated: Type.Boolean(),
    is_video: Type.Boolean(),
    emoji: Type.Optional(Type.String()),
  }),
  location: Location,
  venue: Type.Object({
    location: Location,
    title: Type.String(),
    address: Type.String(),
    foursquare_id: Type.Optional(Type.String()),
    foursquare_type: Type.Optional(Type.String()),
    google_place_id: Type.Optional(Type.String()),
    google_place_type: Type.Optional(Type.String()),
  }),
  contact: Type.Object({
    phone_number: Type.String(),
    first_name: Type.String(),
    last_name: Type.Optional(Type.String()),
    user_id: Type.Optional(Type.Integer()),
    vcard: Type.Optional(Type.String()),
  }),
  dice: Type.Object({ emoji: Type.String(), value: Type.Integer({ minimum: 1 }) }),
  poll: Poll,
}
type MediaShapes = typeof mediaShapes
export type MediaKind = keyof MediaShapes

/** What a message carries besides its text, e.g. `{ kind: 'location', location: … }`. */
export type Media = {
  [K in MediaKind]: { kind: K } & { [P in K]: Static<MediaShapes[K]> }
}[MediaKind]

export const Media = Type.Unsafe<Media>(
  Type.Union(
    Object.entries(mediaShapes).map(([kind, shape]) =>
      Type.Object({ kind: Type.Literal(kind), [kind]: shape }, { title: kind }),
    ),
  ),
)

/** Kinds that are a file with a caption. */
export type FileKind =
  | 'photo'
  | 'document'
  | 'video'
  | 'animation'
  | 'audio'
  | 'voice'
  | 'video_note'
  | 'sticker'

/** A file that a person sends. */
export const InputFile = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 255 }),
  base64: Type.String({ description: 'The bytes, base64' }),
})
export type InputFile = Static<typeof InputFile>
