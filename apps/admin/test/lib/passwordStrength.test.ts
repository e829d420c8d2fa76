import { expect, it } from 'vitest'
import { strengthOf } from '../../src/lib/passwordStrength.ts'

it.each([
  ['', 0],
  ['eleven char', 0],
  ['aaaaaaaaaaaaaaaaaaaaaaaa', 1],
  ['aabbccddeeff', 2],
  ['correct horse b', 2],
  ['correct horse battery', 4],
  ['🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂', 0],
])('%j has strength %i', (password, strength) => {
  expect(strengthOf(password)).toBe(strength)
})
