import { ana } from '../bot.ts'
import { messages, type Row } from './world.ts'

const here = { chat_id: ana }
const album = (...media: unknown[]) => ({ ...here, media })
const edited = (media: unknown, message_id = messages.photo) => ({ ...here, message_id, media })
const wrong = "Bad Request: can't parse InputMedia:"
const known = async ({ control }: { control: { messages(id: number): Promise<unknown[]> } }) => {
  const [, sent] = (await control.messages(ana)) as { media?: { photo?: { file_id: string }[] } }[]
  return sent?.media?.photo?.[0]?.file_id
}

const kinds = ['photo', 'document', 'video', 'animation', 'audio', 'voice', 'sticker']

const place = { ...here, latitude: 1, longitude: 1, live_period: 900 }

export const media: Row[] = [
  // Client.cpp, `process_send_…_query`
  ...kinds.map(
    (kind): Row => [
      `no ${kind}`,
      `send${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
      here,
      400,
      `Bad Request: there is no ${kind} in the request`,
    ],
  ),
  ['no video note', 'sendVideoNote', here, 400, 'Bad Request: there is no video note in the request'],
  // td, FileManager.cpp, `from_persistent_id` and `check_input_file_id`
  [
    'an unknown id',
    'sendPhoto',
    { ...here, photo: 'AgAD' },
    400,
    "Bad Request: wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
  ],
  [
    'a photo as a document',
    'sendDocument',
    async (bot) => ({ ...here, document: await known(bot) }),
    400,
    "Bad Request: can't use file of type Photo as Document",
  ],
  // Client.cpp, `fail_query_with_error`: WEBPAGE_CURL_FAILED
  [
    'an address where nobody answers',
    'sendDocument',
    { ...here, document: 'http://127.0.0.1:1/a.pdf' },
    400,
    'Bad Request: failed to get HTTP URL content',
  ],
  [
    'an address that is not found',
    'sendPhoto',
    async ({ emulator }) => ({ ...here, photo: `${emulator.url}/nowhere.png` }),
    400,
    'Bad Request: failed to get HTTP URL content',
  ],

  // Client.cpp, `get_input_message_contents` and `get_input_media`
  ['no album', 'sendMediaGroup', here, 400, 'Bad Request: parameter "media" is required'],
  [
    'an album that is no JSON',
    'sendMediaGroup',
    { ...here, media: '[' },
    400,
    "Bad Request: can't parse media JSON object",
  ],
  [
    'an album that is no list',
    'sendMediaGroup',
    { ...here, media: {} },
    400,
    'Bad Request: expected an Array of InputMedia',
  ],
  ['an item that is none', 'sendMediaGroup', album(5, 6), 400, `${wrong} expected an Object`],
  [
    'an item without file',
    'sendMediaGroup',
    album({ type: 'photo' }, { type: 'photo' }),
    400,
    `${wrong} media not found`,
  ],
  [
    'an animation in an album',
    'sendMediaGroup',
    async (bot) => album({ type: 'animation', media: await known(bot) }, { type: 'photo', media: 'x' }),
    400,
    `${wrong} type "animation" can't be used in sendMediaGroup`,
  ],
  [
    'media that are no JSON',
    'editMessageMedia',
    edited('{'),
    400,
    "Bad Request: can't parse input media JSON object",
  ],
  ['media that are a list', 'editMessageMedia', edited([]), 400, `${wrong} expected an Object`],
  ['media without file', 'editMessageMedia', edited({ type: 'photo' }), 400, `${wrong} media not found`],
  [
    'media that nobody can put there',
    'editMessageMedia',
    edited({ type: 'sticker', media: 'x' }),
    400,
    `${wrong} type "sticker" is unsupported`,
  ],

  // Client.cpp, `check_remote_file_id`
  ['no file', 'getFile', {}, 400, 'Bad Request: file_id not specified'],
  ['a file nobody knows', 'getFile', { file_id: 'x' }, 400, 'Bad Request: invalid file_id'],

  // Client.cpp, `get_location` and `process_send_contact_query`; td, Location.cpp
  ['no latitude', 'sendLocation', { ...here, longitude: 1 }, 400, 'Bad Request: latitude is empty'],
  [
    'no longitude',
    'sendVenue',
    { ...here, latitude: 1, title: 'T', address: 'A' },
    400,
    'Bad Request: longitude is empty',
  ],
  [
    'a place that lives for a moment',
    'sendLocation',
    { ...here, latitude: 1, longitude: 1, live_period: 59 },
    400,
    'Bad Request: wrong live location period specified',
  ],
  [
    'no number',
    'sendContact',
    { ...here, first_name: 'A' },
    400,
    'Bad Request: parameter "phone_number" is required',
  ],
  [
    'no name',
    'sendContact',
    { ...here, phone_number: '+1' },
    400,
    'Bad Request: parameter "first_name" is required',
  ],
  // Said by the server behind
  ['a dice that is none', 'sendDice', { ...here, emoji: '🙂' }, 400, 'Bad Request: EMOTICON_INVALID'],
  // Client.cpp, `get_input_file`: what is not attached is not there
  [
    'what is not attached',
    'sendPhoto',
    { ...here, photo: 'attach://a' },
    400,
    'Bad Request: there is no photo in the request',
  ],
  // Client.cpp, `get_input_media`
  ['no media', 'editMessageMedia', edited(undefined), 400, 'Bad Request: parameter "media" is required'],
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
