import { ana } from '../../bot.ts'
import type { Row } from '../world.ts'

const say = (text: unknown, more: object = {}) => ({ chat_id: ana, text, ...more })
const marked = (...entities: unknown[]) => say('Marked', { entities })
const reply = (reply_parameters: unknown) => say('x', { reply_parameters })
const entityAt = (more: object) => marked({ type: 'bold', offset: 0, length: 1, ...more })

/** What Telegram says where the emulator says something else. */
export const textFaults: Row[] = [
  // td, MessageEntity.cpp, `fix_formatted_text`
  ['white space', 'sendMessage', say(' \n '), 400, 'Bad Request: text must be non-empty'],
  [
    'nothing but marks',
    'sendMessage',
    say('<b></b>', { parse_mode: 'HTML' }),
    400,
    'Bad Request: text must be non-empty',
  ],
  // tdutils, JsonBuilder.cpp: the inner sentence keeps its capital, for only the first letter of all is made small
  [
    'an entity without offset',
    'sendMessage',
    marked({ type: 'bold', length: 1 }),
    400,
    'Bad Request: can\'t parse MessageEntity: Can\'t find field "offset"',
  ],
  [
    'an offset that is no number',
    'sendMessage',
    entityAt({ offset: 'x' }),
    400,
    'Bad Request: can\'t parse MessageEntity: Field "offset" must be a valid Number',
  ],
  [
    'a length that is true',
    'sendMessage',
    entityAt({ length: true }),
    400,
    'Bad Request: can\'t parse MessageEntity: Field "length" must be a Number',
  ],
  [
    'an unknown type of entity',
    'sendMessage',
    entityAt({ type: 'loud' }),
    400,
    "Bad Request: can't parse MessageEntity: Unsupported type specified",
  ],
  [
    'a link without address',
    'sendMessage',
    entityAt({ type: 'text_link' }),
    400,
    'Bad Request: can\'t parse MessageEntity: Can\'t find field "url"',
  ],
  // td, MessageEntity.cpp
  [
    'an entity that begins too late',
    'sendMessage',
    entityAt({ offset: 9 }),
    400,
    'Bad Request: entity begins after the end of the text at UTF-16 offset 9',
  ],
  [
    'a negative offset',
    'sendMessage',
    entityAt({ offset: -1 }),
    400,
    'Bad Request: receive an entity with incorrect offset -1',
  ],
  [
    'a negative length',
    'sendMessage',
    entityAt({ length: -1 }),
    400,
    'Bad Request: receive an entity with incorrect length -1',
  ],
  // Client.cpp, `get_reply_parameters`
  [
    'a reply to what is not said',
    'sendMessage',
    reply({ quote: 'x' }),
    400,
    'Bad Request: can\'t find field "message_id"',
  ],
  // Client.cpp, `get_link_preview_options`
  [
    'a preview that is no JSON',
    'sendMessage',
    say('x', { link_preview_options: '{' }),
    400,
    "Bad Request: can't parse link preview options JSON object",
  ],
]
