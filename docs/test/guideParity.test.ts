import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './pages.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const rows = [...read('docs/reference/guide-parity.md').matchAll(/^\| (.+?) \| `(.+?)` › (.+?) \|$/gm)].map(
  ([, sentence = '', file = '', test = '']) => ({ sentence, file, test }),
)
/** Words alone, so that markup, links and line breaks do not matter. */
const wordsOf = (text: string): string =>
  text
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()

describe('the scheduling guide, sentence by sentence,', () => {
  it.each(rows)('$sentence', ({ sentence, file, test }) => {
    expect(wordsOf(read('docs/guides/scheduling.md'))).toContain(wordsOf(sentence))
    expect(existsSync(join(root, file)), file).toBe(true)
    expect(read(file)).toContain(test)
  })

  it('has a test for every sentence', () => {
    const proven = rows.map(({ sentence }) => wordsOf(sentence))
    const claims = claimsOf(read('docs/guides/scheduling.md'))
    expect(claims.filter((claim) => !proven.some((one) => one.includes(wordsOf(claim))))).toEqual([])
    expect(claims.length).toBeGreaterThan(25)
  })
})

/** Sentences of the guide that say what the product does: all but headings, code and where to read on. */
function claimsOf(text: string): string[] {
  return text
    .replace(/```[\s\S]*?```/g, '')
    .split(/\n+/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .join('\n')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split(/(?<=[.:])\s+|\n\s*(?=[-\d>])/)
    .map((sentence) => sentence.replace(/^\s*(?:[-*>]|\d+\.)\s*/, '').trim())
    .filter((sentence) => wordsOf(sentence).split(' ').length > 3)
    .filter(
      (sentence) =>
        !/^(See|More details|This guide|or in the|In `|This means several|Make sure)/.test(sentence),
    )
}
