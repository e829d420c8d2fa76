import { ParseError } from '../../text/builder.ts'
import { foundEntities } from '../../text/foundEntities.ts'
import { inOrder, type ParsedText, parseText, trimmed } from '../../text/parseText.ts'
import { badRequest, FieldError } from '../answer.ts'
import { givenEntities } from './entities.ts'
import { type JsonObject, optionalText } from './json.ts'

/** Lengths after parsing, in characters (Bot API, sendMessage and sendPhoto). */
const longestText = 4096
const longestCaption = 1024

/** Telegram counts code points; JavaScript counts some of them as two. */
export function isLonger(text: string, most: number): boolean {
  return text.length > most && [...text].length > most
}

interface Source {
  text?: string | undefined
  parse_mode?: string | undefined
  entities?: unknown
}

/** The text of a message as it will be shown. @throws BotApiError when it is empty or too long */
export function messageText(source: Source): ParsedText {
  if (!source.text) throw new FieldError('Message text is empty')
  const content = someText(source)
  if (isLonger(content.text, longestText)) throw badRequest('Message is too long')
  return content
}

/** Text that must be there once its marks and the white space around it are gone. @throws BotApiError when it is not */
function someText(source: Source): ParsedText {
  const content = formatted(source)
  if (content.text === '') throw badRequest('Text must be non-empty')
  return content
}

interface CaptionSource {
  caption?: string | undefined
  parse_mode?: string | undefined
  caption_entities?: unknown
}

/** The text beside a file; it may be empty. @throws BotApiError when it is too long */
export function captionText(source: CaptionSource): ParsedText {
  const content = formattedCaption(source)
  checkCaption(content)
  return content
}

const formattedCaption = ({ caption, parse_mode, caption_entities }: CaptionSource): ParsedText =>
  formatted({ text: caption, parse_mode, entities: caption_entities })

export function checkCaption({ text }: ParsedText): void {
  if (isLonger(text, longestCaption)) throw badRequest('Message caption is too long')
}

/** The caption of JSON that nobody has checked yet; its length is left to the caller. @throws BotApiError when it is no text */
export const captionIn = (item: JsonObject): ParsedText =>
  formattedCaption({
    caption: optionalText(item, 'caption'),
    parse_mode: optionalText(item, 'parse_mode'),
    caption_entities: item.caption_entities,
  })

/** Marks parsed or entities checked, and what Telegram marks by itself. @throws BotApiError in Telegram's words */
export function formatted({ text = '', parse_mode: mode, entities }: Source): ParsedText {
  if (Buffer.byteLength(text) > 1 << 15) throw new FieldError('Text is too long')
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
    if (!content) throw new FieldError('Unsupported parse_mode')
    return content
  } catch (error) {
    if (error instanceof ParseError) throw new FieldError(`Can't parse entities: ${error.message}`)
    throw error
  }
}
