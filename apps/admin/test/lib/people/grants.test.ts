import type { Permission } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { grantsOf, reachedBy, reasonWords, usableBy } from '../../../src/lib/people/grants.ts'
import { es } from '../../../src/texts/es/index.ts'
import * as en from '../../../src/texts/index.ts'

const permission = (id: string, action: string, userIds: string[], roleIds: string[]) =>
  ({ id, action, userIds, roleIds }) as Permission
const grants = grantsOf([
  permission('p1', 'report', ['ana'], ['sales']),
  permission('p2', 'report', [], ['staff']),
  permission('p3', 'weather', ['mei'], []),
])
const person = (id: string, roleIds: string[] = [], isAdmin = false) => ({ id, roleIds, isAdmin })
const roleNames = new Map([
  ['sales', 'Sales'],
  ['staff', 'Staff'],
])

describe('who may use an action', () => {
  it('is whoever a permission names, or one of their roles, with every reason', () => {
    const reasons = grants.ofUser(person('ana', ['staff', 'sales']), 'report')
    expect(reasons).toEqual([
      { kind: 'direct', permissionId: 'p1' },
      { kind: 'role', permissionId: 'p1', roleId: 'sales' },
      { kind: 'role', permissionId: 'p2', roleId: 'staff' },
    ])
    expect(reasonWords(reasons, roleNames, en.people.matrix)).toBe(
      'given directly · by role Sales · by role Staff',
    )
    expect(reasonWords(reasons, roleNames, es.people.matrix)).toContain('por el rol Sales')
  })

  it('is an admin without any permission', () => {
    expect(grants.ofUser(person('zoe', [], true), 'weather')).toEqual([{ kind: 'admin' }])
  })

  it('is nobody whom no permission names', () => {
    expect(grants.ofUser(person('luis', ['sales']), 'weather')).toEqual([])
    expect(grants.ofUser(person('luis', ['sales']), 'unknown')).toEqual([])
  })

  it('is a role that a permission names', () => {
    expect(grants.ofRole('staff', 'report')).toEqual([{ kind: 'role', permissionId: 'p2', roleId: 'staff' }])
    expect(grants.ofRole('staff', 'weather')).toEqual([])
  })
})

it('people who are chosen themselves and by roles are counted once', () => {
  const roles = [{ userIds: ['ana', 'luis'] }, { userIds: ['luis', 'mei'] }]
  expect(reachedBy(['ana', 'zoe'], roles)).toEqual({ total: 4, direct: 2, byRole: 3, both: 1 })
  expect(reachedBy([], [])).toEqual({ total: 0, direct: 0, byRole: 0, both: 0 })
})

it('counts who may use an action by one permission and by others, each once', () => {
  const members = new Map([['sales', ['luis', 'mei']]])
  const others = [
    { userIds: ['ana'], roleIds: ['sales'] },
    { userIds: ['ana'], roleIds: [] },
  ]
  expect(usableBy({ userIds: ['zoe'], roleIds: [] }, others, members)).toEqual({
    total: 4,
    added: 1,
    already: 3,
  })
  expect(usableBy({ userIds: ['luis'], roleIds: ['sales'] }, others, members)).toMatchObject({
    total: 3,
    added: 0,
  })
  expect(usableBy({ userIds: [], roleIds: ['gone'] }, [], members)).toEqual({
    total: 0,
    added: 0,
    already: 0,
  })
})
