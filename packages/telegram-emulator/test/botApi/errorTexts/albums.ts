import { ana } from '../bot.ts'
import type { Row } from './world.ts'

const here = { chat_id: ana }
const album = (...media: unknown[]) => ({ ...here, media })
const wrong = "Bad Request: can't parse InputMedia:"
const known = async ({ control }: { control: { messages(id: number): Promise<unknown[]> } }) => {
  const [, sent] = (await control.messages(ana)) as { media?: { photo?: { file_id: string }[] } }[]
  return sent?.media?.photo?.[0]?.file_id
}
const pair = (type: string, other: string) => async (bot: Parameters<typeof known>[0]) => {
  const file = await known(bot)
  return album({ type, media: file }, { type: other, media: file })
}

/** Many files in one message. */
export const albums: Row[] = [
  // Client.cpp, `get_input_file`: what is not attached is not there
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
  [
    'captions above and below',
    'sendMediaGroup',
    async (bot) => {
      const item = { type: 'photo', media: await known(bot), caption: 'x' }
      return album(item, { ...item, show_caption_above_media: true })
    },
    400,
    'Bad Request: parameter show_caption_above_media must be the same for all messages',
  ],
]
