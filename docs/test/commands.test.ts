import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './pages.ts'

const page = readFileSync(join(root, 'docs/concepts/commands.md'), 'utf8')
const rows = [...page.matchAll(/^\| (.+?) \| .+? \| `(.+?)` › (.+?) \|$/gm)].map(
  ([, when = '', file = '', test = '']) => ({ when, file, test }),
)

describe('what becomes of a command when the bot is killed', () => {
  it('is told for each moment', () => {
    expect(rows).toHaveLength(5)
  })

  it.each(rows)('$when: is proven by a test that exists', ({ file, test }) => {
    expect(existsSync(join(root, file)), file).toBe(true)
    expect(readFileSync(join(root, file), 'utf8')).toContain(test)
  })
})
