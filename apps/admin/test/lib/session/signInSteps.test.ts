import { describe, expect, it } from 'vitest'
import { canAskAgain, firstStep, otherWay } from '../../../src/lib/session/signInSteps.ts'

const password = { require: 'password', botCode: true } as const
const both = { require: 'password+bot', botCode: false } as const
const bot = { require: 'bot', botCode: true } as const

describe('signing in', () => {
  it('begins with a password unless only codes are taken', () => {
    expect([password, both, bot].map(firstStep)).toEqual(['password', 'password', 'name'])
  })

  it('offers a code instead of the password where the bot can send one, and the way back', () => {
    expect(otherWay('password', password)).toBe('name')
    expect(otherWay('password', { ...password, botCode: false })).toBeNull()
    expect(otherWay('name', password)).toBe('password')
    expect(otherWay('code', password)).toBe('password')
  })

  it('offers nothing else where both or only codes are wanted', () => {
    expect(otherWay('password', both)).toBeNull()
    expect(otherWay('name', bot)).toBeNull()
  })

  it('sends another code without a password only where the first came without', () => {
    expect([password, both, bot].map(canAskAgain)).toEqual([true, false, true])
  })
})
