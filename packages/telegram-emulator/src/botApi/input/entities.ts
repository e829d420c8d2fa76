import type { EntityType, MessageEntity } from '../../shapes/media.ts'
import { badRequest, FieldError } from '../answer.ts'
import {
  inObject,
  integerField,
  isObject,
  type JsonObject,
  objectField,
  optionalText,
  textField,
} from './json.ts'

/** Entities that were given beside a text. @throws BotApiError in the words of Client.cpp, `get_text_entity`, and of td, MessageEntity.cpp */
export function givenEntities(given: unknown, text: string): MessageEntity[] {
  const list = typeof given === 'string' ? asList(given) : given
  if (!Array.isArray(list)) return []
  const entities = list.flatMap((each: unknown) => inObject('MessageEntity', () => readEntity(each)) ?? [])
  for (const entity of entities) checkPlace(entity)
  return entities.filter(({ length }) => length > 0).map((entity) => within(entity, text))
}

/** Entities that are no JSON are taken for none, as the real server does. */
function asList(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return []
  }
}

/** Those that Telegram finds by itself are left out when given (Client.cpp, `get_text_entity_type`). */
const foundByItself = new Set([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bank_card_number',
])

const plain = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'blockquote',
  'expandable_blockquote',
])

function readEntity(value: unknown): MessageEntity | null {
  if (!isObject(value)) throw new FieldError('expected an Object')
  const offset = integerField(value, 'offset')
  const length = integerField(value, 'length')
  const type = textField(value, 'type')
  if (foundByItself.has(type)) return null
  return { type: type as EntityType, offset, length, ...argumentOf(type, value) }
}

/** What an entity of this type says beside its place. */
function argumentOf(type: string, value: JsonObject): Partial<MessageEntity> {
  if (plain.has(type)) return {}
  switch (type) {
    case '':
      throw new FieldError('Type is not specified')
    case 'pre': {
      const language = optionalText(value, 'language')
      return language ? { language } : {}
    }
    case 'text_link':
      return { url: textField(value, 'url') }
    case 'text_mention':
      return { user: { id: integerField(objectField(value, 'user'), 'id') } }
    case 'custom_emoji':
      return { custom_emoji_id: textField(value, 'custom_emoji_id') }
    case 'date_time':
      return { unix_time: integerField(value, 'unix_time'), ...formatOf(value) }
    default:
      throw new FieldError('Unsupported type specified')
  }
}

function formatOf(value: JsonObject): Pick<MessageEntity, 'date_time_format'> {
  const format = optionalText(value, 'date_time_format')
  if (!format) return {}
  if (!/^([rR]|[tTdDwW]+)$/.test(format)) throw new FieldError('Invalid date-time format specified')
  return { date_time_format: format }
}

const farthest = 1_000_000

function checkPlace({ offset, length }: MessageEntity): void {
  if (offset < 0 || offset > farthest) throw badRequest(`Receive an entity with incorrect offset ${offset}`)
  if (length < 0 || length > farthest) throw badRequest(`Receive an entity with incorrect length ${length}`)
}

function within(entity: MessageEntity, text: string): MessageEntity {
  const { offset } = entity
  const end = offset + entity.length
  if (offset > text.length)
    throw badRequest(`Entity begins after the end of the text at UTF-16 offset ${offset}`)
  if (end > text.length)
    throw badRequest(
      `Entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`,
    )
  return entity
}
