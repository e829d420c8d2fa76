import { readdirSync, readFileSync } from 'node:fs'

/** Refused with files, in sendFiles.test.ts. */
const tested = [
  'file must be non-empty',
  'file of size 1 bytes is too big for a photo; the maximum size is 1 bytes',
  'file is too big',
  'wrong type of the web page content',
]

/** Words that Telegram does not use; what it says instead is among the faults of the tables. */
const notTelegrams = [
  'unsupported type specified',
  'can\'t find field "x"',
  'field "x" must be of type Number',
  'field "user" must be of type Object',
  'field "web_app" must be of type Object',
  'field "x" must be of type String',
  'inline keyboard button text is empty',
  'text buttons are unallowed in the inline keyboard',
  "chat member status can't be changed in private chats",
  'BOT_COMMAND_DESCRIPTION_INVALID',
  'empty chat_id specified',
  'poll question must be non-empty',
  'poll must have at least 1 answer option',
  'poll options must be non-empty',
  'wrong correct option ID specified',
  'media group must include 2-10 items',
  "can't use the media of the specified type in the album",
  'wrong latitude or longitude',
  "can't parse allowed_updates JSON object",
]

export const otherWords = [...tested, ...notTelegrams]

const thrown = /(?:badRequest|forbidden|FieldError)\(\s*(['"`])((?:(?!\1).)+)\1\s*,?\s*\)/g

/** What the source refuses, as a form of its words: what is filled in may be anything. */
export function refusalsInSource(): RegExp[] {
  const found = ['botApi', 'updates'].flatMap((folder) => {
    const base = new URL(`../../../src/${folder}/`, import.meta.url)
    const files = readdirSync(base, { recursive: true }).map(String)
    return files
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [...readFileSync(new URL(name, base), 'utf8').matchAll(thrown)])
  })
  return found.map(
    ([, , words = '']) =>
      new RegExp(
        words
          .split(/\$\{[^}]*\}/)
          .map(quoted)
          .join('.*'),
      ),
  )
}

const quoted = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
