import { describe, expect, it } from 'vitest'
import { amongWords } from '../../../src/lib/people/adminsGone.ts'
import { people } from '../../../src/texts/en/people.ts'

describe('deleting several people', () => {
  it('says how many of them are admins, and when no admin would be left', () => {
    const words = (gone: number, all: number) => amongWords({ gone, all }, people.admins)
    expect(words(0, 0)).toBeNull()
    expect(words(0, 3)).toBeNull()
    expect(words(1, 3)).toBe('1 admin is among them.')
    expect(words(2, 3)).toBe('2 admins are among them.')
    expect(words(1, 1)).toMatch(/^The only admin of the bot is among them\./)
    expect(words(3, 3)).toMatch(/^All 3 admins of the bot are among them\./)
  })
})
