import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './pages.ts'

const page = readFileSync(join(root, 'docs/concepts/security.md'), 'utf8')
const files = [
  ...new Set(
    [...page.matchAll(/`((?:admin-api|store|cli|core)\/test\/[^`]+)`/g)].map(([, file = '']) => file),
  ),
]
const named = [...page.matchAll(/`([^`]+\.test\.ts)` › (.+?)(?: \||\. [A-Z])/g)].map(
  ([, file = '', test = '']) => ({ file, test }),
)

describe('what is promised about security', () => {
  it('is proven by dozens of tests', () => {
    expect(files.length).toBeGreaterThan(20)
    expect(named.length).toBeGreaterThan(4)
  })

  it.each(files)('is proven by a file that exists: %s', (file) => {
    expect(existsSync(join(root, 'packages', file))).toBe(true)
  })

  it.each(named)('is proven by a test that exists: $test', ({ file, test }) => {
    expect(readFileSync(join(root, 'packages', file), 'utf8')).toContain(test)
  })
})
