import type { EntityType, MessageEntity } from '../shapes/media.ts'

/** What Telegram marks by itself, each as it may stand in a text. */
const forms: [type: EntityType, form: RegExp][] = [
  ['url', /\bhttps?:\/\/[^\s<>"]*[^\s<>".,:;!?)]/gi],
  ['email', /(?<![\w.@])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?![\w@])/g],
  [
    'url',
    /(?<![\w@.:/-])(?:[a-z0-9-]+\.)+(?:com|org|net|dev|io|app|me|info|eu|es|de|fr|uk|ru|it)\b(?:\/[^\s<>"]*[^\s<>".,:;!?)])?/gi,
  ],
  ['bot_command', /(?<![\w/@<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])/g],
  ['mention', /(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{3,31}(?![\w@])/g],
  ['hashtag', /(?<![\p{L}\p{N}_#])#(?=[\p{L}\p{N}_]*[\p{L}_])[\p{L}\p{N}_]{1,255}(?![\p{L}\p{N}_#])/gu],
]

/** Commands, addresses, mentions and hashtags in a text, without those inside of `taken` that may hold none. */
export function foundEntities(text: string, taken: MessageEntity[] = []): MessageEntity[] {
  const found: MessageEntity[] = []
  const blocked = taken.filter(({ type }) => ['code', 'pre', 'text_link', 'text_mention'].includes(type))
  for (const [type, form] of forms) {
    for (const { index, 0: part } of text.matchAll(form)) {
      const entity = { type, offset: index, length: part.length }
      if (![...blocked, ...found].some((other) => overlap(other, entity))) found.push(entity)
    }
  }
  return found
}

type Span = Pick<MessageEntity, 'offset' | 'length'>

const overlap = (a: Span, b: Span): boolean =>
  a.offset < b.offset + b.length && b.offset < a.offset + a.length
