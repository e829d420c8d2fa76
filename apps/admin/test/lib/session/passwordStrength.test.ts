import { describe, expect, it } from 'vitest'
import { judgePassword } from '../../../src/lib/session/passwordStrength.ts'

describe('the meter of a new password', () => {
  it.each([
    ['abcdabcdabcd', 1],
    ['aabbccddeeff', 2],
    ['correct horse b', 2],
    ['correct horse battery', 4],
  ])('rates %j by %i', (password, strength) => {
    expect(judgePassword(password, 'ana')).toEqual({ kind: 'rated', strength })
  })

  it.each([
    ['eleven char', 'password_too_short'],
    ['🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂', 'password_too_short'],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', 'password_repetitive'],
    ['password1234', 'password_hardly_more'],
    ['Server-7-2026!!', 'password_hardly_more'],
    ['i am ana-lopez', 'password_holds_username'],
    ['qwertyuiop[]', 'password_keyboard_row'],
  ])('says that %j is refused: %s', (password, kind) => {
    expect(judgePassword(password, 'ana-lopez', ['server-7'])).toMatchObject({
      kind: 'refused',
      issue: { kind },
    })
  })
})
