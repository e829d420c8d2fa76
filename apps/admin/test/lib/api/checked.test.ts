import { RoleCreate } from '@kamihi/contracts'
import { ApiError } from '@kamihi/contracts/client'
import { describe, expect, it } from 'vitest'
import { checked, refusalOf } from '../../../src/lib/api/checked.ts'

describe('what is sent', () => {
  it('goes as it is when it fits its schema', () => {
    expect(checked(RoleCreate, { name: 'Sales', userIds: [] })).toEqual({ name: 'Sales', userIds: [] })
    expect(refusalOf(RoleCreate, { name: 'Sales' })).toBeNull()
  })

  it('is refused before it is sent as the server would refuse it, with what is wrong with each field', () => {
    expect(refusalOf(RoleCreate, { name: '' })?.problem).toMatchObject({
      code: 'invalid_request',
      status: 422,
      errors: [{ path: '/name', issue: { kind: 'min_length', limit: 1 } }],
    })
    expect(() => checked(RoleCreate, { name: '' })).toThrow(ApiError)
  })
})
