import { ana } from '../../bot.ts'
import { messages, type Row } from '../world.ts'

const here = { chat_id: ana }
const album = (...media: unknown[]) => ({ ...here, media })
const edited = (media: unknown, message_id = messages.photo) => ({ ...here, message_id, media })
const wrong = "Bad Request: can't parse InputMedia:"
const known = async ({ control }: { control: { messages(id: number): Promise<unknown[]> } }) => {
  const [, sent] = (await control.messages(ana)) as { media?: { photo?: { file_id: string }[] } }[]
  return sent?.media?.photo?.[0]?.file_id
}
const place = { ...here, latitude: 1, longitude: 1, live_period: 900 }
const pair = (type: string, other: string) => async (bot: Parameters<typeof known>[0]) => {
  const file = await known(bot)
  return album({ type, media: file }, { type: other, media: file })
}

/** What Telegram says where the emulator says something else. */
export const mediaFaults: Row[] = [
  // Client.cpp, `get_input_file`: what is not attached is not there
  [
    'what is not attached',
    'sendPhoto',
    { ...here, photo: 'attach://a' },
    400,
    'Bad Request: there is no photo in the request',
  ],
  [
    'what is not attached to an album',
    'sendMediaGroup',
    album({ type: 'photo', media: 'attach://a' }, { type: 'photo', media: 'attach://b' }),
    400,
    `${wrong} media not found`,
  ],
  // Client.cpp, `get_input_media`
  ['an item of no type', 'sendMediaGroup', album({}, {}), 400, `${wrong} Can't find field "type"`],
  ['a poll in an album', 'sendMediaGroup', pair('poll', 'photo'), 400, `${wrong} type "poll" is unsupported`],
  ['no media', 'editMessageMedia', edited(undefined), 400, 'Bad Request: parameter "media" is required'],
  // td, MessageContent.cpp, `check_message_group_message_contents`
  ['an empty album', 'sendMediaGroup', album(), 400, 'Bad Request: there are no messages to send'],
  [
    'an album of eleven',
    'sendMediaGroup',
    async (bot) => album(...Array(11).fill({ type: 'photo', media: await known(bot) })),
    400,
    'Bad Request: too many messages to send as an album',
  ],
  [
    'a photo and a document',
    'sendMediaGroup',
    pair('photo', 'document'),
    400,
    "Bad Request: document can't be mixed with other media types",
  ],
  // td, MessagesManager.cpp, `edit_message_media`
  [
    'media in place of a poll',
    'editMessageMedia',
    async (bot) => edited({ type: 'photo', media: await known(bot) }, messages.poll),
    400,
    "Bad Request: message media can't be edited",
  ],
  // td, Location.cpp and Venue.cpp
  [
    'a heading that is none',
    'sendLocation',
    { ...place, heading: 361 },
    400,
    'Bad Request: wrong live location heading specified',
  ],
  [
    'a radius that is none',
    'sendLocation',
    { ...place, proximity_alert_radius: 100_001 },
    400,
    'Bad Request: wrong live location proximity alert radius specified',
  ],
  [
    'a venue on no map',
    'sendVenue',
    { ...place, latitude: 91, title: 'T', address: 'A' },
    400,
    'Bad Request: wrong venue location specified',
  ],
]
