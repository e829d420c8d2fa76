import { expect, it } from 'vitest'
import { isOutOfReach, reachWord } from '../../../src/lib/people/reachWord.ts'
import * as en from '../../../src/texts/index.ts'

const seen = '2026-11-26T09:00:00.000Z'

it.each([
  [{ reachability: 'ok', lastSeenAt: seen }, 'Reachable'],
  [{ reachability: 'ok', lastSeenAt: null }, 'Has not written yet'],
  [{ reachability: 'not_started', lastSeenAt: null }, 'Has not started the bot'],
  [{ reachability: 'blocked', lastSeenAt: null }, 'Blocked the bot'],
] as const)('%j reads %s', (person, words) => {
  expect(reachWord(person, en.states)).toBe(words)
})

it('warns of nobody only because they have not written', () => {
  expect(isOutOfReach({ reachability: 'ok' })).toBe(false)
  expect(isOutOfReach({ reachability: 'not_started' })).toBe(true)
})
