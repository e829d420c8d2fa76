import type { Session } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { reasonOutside, sessionIn } from '../../../src/lib/session/entrance.ts'

const session = { account: { id: 'a', username: 'ana', role: 'viewer' } } as Session
const outside = (isSetUp: boolean) => {
  try {
    return sessionIn({ isSetUp, session: null })
  } catch (error) {
    return reasonOutside(error)
  }
}

describe('the way in', () => {
  it('is open to who is signed in', () => {
    expect(sessionIn({ isSetUp: true, session })).toBe(session)
  })

  it('leads others to the sign-in, or before there is an owner to the set-up', () => {
    expect(outside(true)).toBe('signed_out')
    expect(outside(false)).toBe('not_set_up')
  })

  it('is not known where the bot did not answer', () => {
    expect(reasonOutside(new Error('no connection'))).toBeNull()
  })
})
