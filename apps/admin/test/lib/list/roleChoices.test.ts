import type { RoleSummary } from '@kamihi/contracts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '../../../src/lib/api/api.ts'
import { openRoleChoices, roleChoices } from '../../../src/lib/list/choices.ts'

const role = (id: string, locked: boolean): RoleSummary => ({
  ...{ id, name: id, locked, userCount: 3, permissionCount: 0, jobCount: 0 },
  ...{ createdAt: '2026-11-24T08:00:00.000Z', updatedAt: '2026-11-24T08:00:00.000Z', version: 1 },
})
const roles = [role('Board', true), role('Sales', false)]
const sales = { id: 'Sales', label: 'Sales', detail: '3 people' }

afterEach(() => vi.restoreAllMocks())

describe('roles to pick from', () => {
  it('say which are locked', async () => {
    vi.spyOn(api, 'listRoles').mockResolvedValue({
      items: roles,
      nextCursor: null,
      total: 2,
      totalIsExact: true,
    })
    expect(await roleChoices.find('')).toEqual([
      { id: 'Board', label: 'Board', detail: '3 people · locked' },
      sales,
    ])
  })

  it('cannot be locked ones where somebody who is no owner gives them', async () => {
    vi.spyOn(api, 'listRoles').mockResolvedValue({
      items: roles,
      nextCursor: null,
      total: 2,
      totalIsExact: true,
    })
    const bar = 'locked: only owners say who has it'
    expect(await openRoleChoices.find('')).toEqual([
      { id: 'Board', label: 'Board', detail: '3 people', bar },
      sales,
    ])
  })

  it('cannot be taken away either when they are locked and somebody has them', async () => {
    vi.spyOn(api, 'getRole').mockResolvedValue({ ...role('Board', true), userIds: [] })
    expect(await openRoleChoices.named(['Board'])).toMatchObject([
      { label: 'Board', bar: expect.stringContaining('only owners') },
    ])
  })
})
