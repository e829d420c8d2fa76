import { expect, it } from 'vitest'
import { nameOfUser, numberOf } from '../../../src/lib/people/userNames.ts'
import { es } from '../../../src/texts/es/index.ts'
import * as en from '../../../src/texts/index.ts'

it.each([
  [{ name: 'Ana', telegramId: 7 }, 'Ana', 7],
  [{ name: null, telegramId: 7 }, en.people.unnamed(7), 7],
  [{ name: 'Ana', telegramId: 0 }, 'Ana', null],
  [{ name: null, telegramId: 0 }, en.people.nameless, null],
])('%j is called %j, and the number is %j', (user, name, number) => {
  expect(nameOfUser(user)).toBe(name)
  expect(numberOf(user)).toBe(number)
})

it('somebody without a name is called so in the language that is spoken', () => {
  expect(nameOfUser({ name: null, telegramId: 0 }, es.people)).toBe(es.people.nameless)
})
