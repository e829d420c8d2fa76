import { describe, expect, it } from 'vitest'
import { newId } from '../src/ids.ts'

const now = Date.UTC(2026, 10, 24)

describe('ids', () => {
  it('are UUIDs of version 7 that begin with their time', () => {
    const id = newId(now)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now)
  })

  it('that are made in one millisecond sort as they were made, and before those of the next', () => {
    const ids = [...Array.from({ length: 2000 }, () => newId(now)), newId(now + 1)]
    expect([...ids].sort()).toEqual(ids)
  })

  it('are all different, also when there are more in one millisecond than can be counted', () => {
    expect(new Set(Array.from({ length: 20_000 }, () => newId(now))).size).toBe(20_000)
  })
})
