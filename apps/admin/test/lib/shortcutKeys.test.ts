import { describe, expect, it } from 'vitest'
import { createKeyReader } from '../../src/lib/shortcutKeys.ts'

describe('single keys', () => {
  it('ask for what they stand for', () => {
    const read = createKeyReader()
    expect(read('?', 0)).toEqual({ kind: 'help' })
    expect(read('/', 1)).toEqual({ kind: 'search' })
    expect(read('q', 2)).toBeNull()
  })

  it('go to a page after g, even where the letter means something else alone', () => {
    const read = createKeyReader()
    expect(read('g', 0)).toBeNull()
    expect(read('r', 400)).toEqual({ kind: 'go', letter: 'r' })
    expect(read('r', 500)).toEqual({ kind: 'run' })
  })

  it('forget g after a while', () => {
    const read = createKeyReader()
    read('g', 0)
    expect(read('r', 2000)).toEqual({ kind: 'run' })
  })
})
