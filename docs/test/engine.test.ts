import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './pages.ts'

const page = readFileSync(join(root, 'docs/concepts/engine.md'), 'utf8')
const rows = [...page.matchAll(/^\| (\d+)\. (.+?) \| `(.+?)` › (.+?) \|$/gm)].map(
  ([, number = '', sentence = '', file = '', test = '']) => ({ number, sentence, file, test }),
)

describe('the points of the jobs engine', () => {
  it('are twenty-four', () => {
    expect(rows.map(({ number }) => Number(number))).toEqual(
      Array.from({ length: 24 }, (_, index) => index + 1),
    )
  })

  it.each(rows)('$number is proven by a test that exists', ({ file, test }) => {
    expect(existsSync(join(root, file)), file).toBe(true)
    expect(readFileSync(join(root, file), 'utf8')).toContain(test)
  })
})
