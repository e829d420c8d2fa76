import { readFileSync } from 'node:fs'
import { issueWords, wordsOfIssue } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { hashPassword, isOutdated, verifyPassword } from '../../src/auth/passwords.ts'
import { weaknessOf } from '../../src/auth/weakness.ts'

const list = readFileSync(new URL('../../data/common-passwords.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')

describe('a password', () => {
  it.each([
    ['eleven-char', /11 characters/],
    ['x'.repeat(300), /300 characters/],
    ['abababababab', /too few/],
    ['my-name-is-ana-lopez', /user name/],
    ['Kamihi123456!', /hardly more than "kamihi"/],
    ['weather_bot-weather_bot', /hardly more than "weather_bot"/],
    ['Server-7-2026!!', /hardly more than "server-7"/],
    ['1qaz2wsx3edc', /most common/],
    ['1QAZ2wsx3EDC', /most common/],
    ['qwertyuiop[]', /row of the keyboard|most common/],
  ])('like %s is refused', (given, reason) => {
    const weakness = weaknessOf(given, 'ana-lopez', ['weather_bot', 'server-7'])
    expect(weakness && wordsOfIssue(weakness, issueWords)).toMatch(reason)
  })

  it.each(['a long and odd password', 'correct horse battery', '🦊 likes 🍇 and 🌧', 'пароль как песня'])(
    'like %s is taken: any characters, nothing that has to be in it',
    (given) => expect(weaknessOf(given, 'ana')).toBeNull(),
  )

  it('is compared with thousands of common ones, each of at least twelve characters', () => {
    expect(new Set(list).size).toBe(5000)
    expect(list.filter((line) => line.length < 12)).toEqual([])
    expect(list.filter((line) => weaknessOf(line, 'ana') === null)).toEqual([])
  })

  it('is hashed as it is, spaces and emoji too, with the parameters in front', async () => {
    const given = '  🦊 likes grapes and rain, and more than sixty-four characters of them  '
    const hash = await hashPassword(given)
    expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect([await verifyPassword(given, hash), await verifyPassword(given.trim(), hash)]).toEqual([
      true,
      false,
    ])
    expect([isOutdated(hash), isOutdated(hash.replace('ln=15', 'ln=14'))]).toEqual([false, true])
  })
})
