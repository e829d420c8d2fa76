import type { MessageEntity } from '../../shapes/media.ts'
import { entityTypes } from '../../shapes/media.ts'
import { ParseError } from '../../text/builder.ts'
import { foundEntities } from '../../text/foundEntities.ts'
import { inOrder, type ParsedText, parseText, trimmed } from '../../text/parseText.ts'
import { badRequest } from '../answer.ts'
import { FieldError, inObject, integerField, isObject, textField } from './json.ts'

/** Lengths after parsing, in UTF-16 code units (Bot API, sendMessage and sendPhoto). */
export const longestText = 4096
export const longestCaption = 1024

interface Source {
  text?: string | undefined
  parse_mode?: string | undefined
  entities?: unknown
}

/** The text of a message as it will be shown. @throws BotApiError when it is empty or too long */
export function messageText(source: Source): ParsedText {
  const content = formatted(source)
  if (content.text === '') throw badRequest('message text is empty')
  if (content.text.length > longestText) throw badRequest('message is too long')
  return content
}

/** The text beside a file; it may be empty. @throws BotApiError when it is too long */
export function captionText(source: {
  caption?: string | undefined
  parse_mode?: string | undefined
  caption_entities?: unknown
}): ParsedText {
  const { caption, parse_mode, caption_entities } = source
  const content = formatted({ text: caption, parse_mode, entities: caption_entities })
  if (content.text.length > longestCaption) throw badRequest('message caption is too long')
  return content
}

/** Marks parsed or entities checked, and what Telegram marks by itself. @throws BotApiError in Telegram's words */
export function formatted({ text = '', parse_mode: mode, entities }: Source): ParsedText {
  if (Buffer.byteLength(text) > 1 << 15) throw badRequest('text is too long')
  const isPlain = !mode || mode.toLowerCase() === 'none' || text === ''
  const content = isPlain ? trimmed({ text, entities: givenEntities(entities, text) }) : parsed(text, mode)
  return {
    text: content.text,
    entities: inOrder([...content.entities, ...foundEntities(content.text, content.entities)]),
  }
}

function parsed(source: string, mode: string): ParsedText {
  try {
    const content = parseText(source, mode)
    if (!content) throw badRequest('unsupported parse_mode')
    return content
  } catch (error) {
    if (error instanceof ParseError) throw badRequest(`can't parse entities: ${error.message}`)
    throw error
  }
}

/** Those that Telegram finds by itself are left out when given (Client.cpp, `get_text_entity_type`). */
const foundByItself = ['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number']

function givenEntities(given: unknown, text: string): MessageEntity[] {
  const list = typeof given === 'string' ? asList(given) : given
  if (!Array.isArray(list)) return []
  return list.flatMap((each: unknown) => {
    const entity = inObject('MessageEntity', () => readEntity(each))
    if (foundByItself.includes(entity.type) || entity.length <= 0) return []
    if (entity.offset < 0 || entity.offset + entity.length > text.length)
      throw badRequest(
        `entity beginning at UTF-16 offset ${entity.offset} ends after the end of the text at UTF-16 offset ${entity.offset + entity.length}`,
      )
    return [entity]
  })
}

/** Entities that are no JSON are taken for none, as the real server does. */
function asList(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return []
  }
}

function readEntity(value: unknown): MessageEntity {
  if (!isObject(value)) throw new FieldError('expected an Object')
  const offset = integerField(value, 'offset')
  const length = integerField(value, 'length')
  const type = entityTypes.find((known) => known === textField(value, 'type'))
  if (!type) throw new FieldError('unsupported type specified')
  switch (type) {
    case 'text_link':
      return { type, offset, length, url: textField(value, 'url') }
    case 'pre':
      return { type, offset, length, ...(value.language ? { language: textField(value, 'language') } : {}) }
    case 'text_mention':
      return { type, offset, length, user: { id: mentioned(value.user) } }
    case 'custom_emoji':
      return { type, offset, length, custom_emoji_id: textField(value, 'custom_emoji_id') }
    default:
      return { type, offset, length }
  }
}

function mentioned(user: unknown): number {
  if (!isObject(user)) throw new FieldError('field "user" must be of type Object')
  return integerField(user, 'id')
}
