import { readdirSync, readFileSync } from 'node:fs'

/** What is refused with files, in sendFiles.test.ts, and before there is a call, in request.test.ts. */
export const otherWords = [
  'boundary not found',
  'unexpected end of request content',
  'file must be non-empty',
  'file of size 1 bytes is too big for a photo; the maximum size is 1 bytes',
  'file is too big',
  'wrong type of the web page content',
]

const thrown = /(?:badRequest|forbidden|FieldError)\(\s*(['"`])((?:(?!\1).)+)\1\s*,?\s*\)/g

/** What the source refuses, as a form of its words: what is filled in may be anything, and the first letter is made small when it is told. */
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
        'i',
      ),
  )
}

const quoted = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
