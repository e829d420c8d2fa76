import type { AccessRole, Session } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { whyLocked } from '../../../src/lib/people/roleLock.ts'

const signedInAs = (role: AccessRole) => ({ account: { role } }) as Session
const whyNot = (role: AccessRole, locked: boolean) => whyLocked({ locked }, signedInAs(role))

describe('a role that is locked', () => {
  it('is changed by owners only, and others are told so', () => {
    expect(whyNot('owner', true)).toBeNull()
    for (const role of ['operator', 'viewer'] as const) {
      expect(whyNot(role, true)).toMatch(/only an owner can change it/)
      expect(whyNot(role, false)).toBeNull()
    }
  })

  it('is none while it is still to be made', () => {
    expect(whyLocked(null, signedInAs('operator'))).toBeNull()
  })
})
