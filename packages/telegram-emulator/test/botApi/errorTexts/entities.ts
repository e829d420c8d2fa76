import { ana } from '../bot.ts'
import type { Row } from './world.ts'

const say = (text: unknown, more: object = {}) => ({ chat_id: ana, text, ...more })
const marked = (...entities: unknown[]) => say('Marked', { entities })
const entityAt = (more: object) => marked({ type: 'bold', offset: 0, length: 1, ...more })

/** Entities that are given beside a text. */
export const entities: Row[] = [
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
  [
    'an empty type',
    'sendMessage',
    entityAt({ type: '' }),
    400,
    "Bad Request: can't parse MessageEntity: Type is not specified",
  ],
  [
    'a date in a form that is none',
    'sendMessage',
    entityAt({ type: 'date_time', unix_time: 1, date_time_format: 'x' }),
    400,
    "Bad Request: can't parse MessageEntity: Invalid date-time format specified",
  ],
]
