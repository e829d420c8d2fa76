import type { LoadHour } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { daysToFold, troubleOf, weekGrid } from '../../../src/lib/schedule/weekGrid.ts'
import { hour, loadOf } from './loadOf.ts'

const load = (hours: LoadHour[], now = '2026-11-26T12:30:00.000Z') =>
  loadOf(hours, { from: '2026-11-22T23:00:00.000Z', to: '2026-11-29T23:00:00.000Z', now })
const cellOf = (days: ReturnType<typeof weekGrid>, date: string, at: number) =>
  days.find((day) => day.date === date)?.cells[at]

describe('the grid of a week', () => {
  it('puts an hour of UTC where the clocks of the zone are', () => {
    const days = weekGrid(load([hour('2026-11-25T23:00:00.000Z')]), '2026-11-23', 'Europe/Madrid')
    expect(days).toHaveLength(7)
    expect(cellOf(days, '2026-11-26', 0)).toMatchObject({ runs: 1, messages: 10, when: 'past' })
  })

  it('knows what is past, what is now and what is to come', () => {
    const days = weekGrid(load([]), '2026-11-23', 'Europe/Madrid')
    expect(cellOf(days, '2026-11-26', 12)?.when).toBe('past')
    expect(cellOf(days, '2026-11-26', 13)?.when).toBe('now')
    expect(cellOf(days, '2026-11-26', 14)?.when).toBe('future')
  })

  it.each([
    ['2026-11-22T23:30:00.000Z', 0],
    ['2026-11-26T12:30:00.000Z', 3],
    ['2026-11-29T22:30:00.000Z', 6],
    // Weeks that are over, or have not begun, have no today to begin at.
    ['2026-12-03T12:30:00.000Z', 0],
    ['2026-11-19T12:30:00.000Z', 0],
  ])('begins at today on a phone: at %s it leaves out %i days', (now, days) => {
    expect(daysToFold(weekGrid(load([], now), '2026-11-23', 'Europe/Madrid'))).toBe(days)
  })

  it('shades against the busiest hour, and tells few from none', () => {
    const hours = [
      hour('2026-11-27T08:00:00.000Z', { messages: 900 }),
      hour('2026-11-27T09:00:00.000Z', { messages: 1 }),
      hour('2026-11-27T10:00:00.000Z', { messages: 0 }),
    ]
    const days = weekGrid(load(hours), '2026-11-23', 'UTC')
    expect(cellOf(days, '2026-11-27', 8)?.level).toBe(5)
    expect(cellOf(days, '2026-11-27', 9)?.level).toBe(1)
    expect(cellOf(days, '2026-11-27', 10)?.level).toBe(1)
    expect(cellOf(days, '2026-11-27', 11)?.level).toBe(0)
  })

  it('lets a quiet week look quiet', () => {
    const days = weekGrid(load([hour('2026-11-27T08:00:00.000Z', { messages: 3 })]), '2026-11-23', 'UTC')
    expect(cellOf(days, '2026-11-27', 8)?.level).toBe(2)
  })

  it('marks a coming hour in which more is due than can be sent', () => {
    const many = { messages: 1001 }
    const hours = [hour('2026-11-25T08:00:00.000Z', many), hour('2026-11-27T08:00:00.000Z', many)]
    const days = weekGrid(load(hours), '2026-11-23', 'UTC')
    expect(cellOf(days, '2026-11-25', 8)?.isTooMuch).toBe(false)
    expect(cellOf(days, '2026-11-27', 8)?.isTooMuch).toBe(true)
  })

  it('leaves out the hour that clocks jump over', () => {
    const days = weekGrid(load([]), '2026-03-23', 'Europe/Madrid')
    expect(cellOf(days, '2026-03-29', 2)?.span).toBeNull()
    expect(cellOf(days, '2026-03-29', 3)?.span).not.toBeNull()
  })

  it('lets the hour that clocks show twice hold both', () => {
    const hours = [
      hour('2026-10-25T00:00:00.000Z', { outcomes: { completed: 1 } }),
      hour('2026-10-25T01:00:00.000Z', { jobs: ['b'], outcomes: { completed: 1, failed: 1 } }),
    ]
    const days = weekGrid(load(hours), '2026-10-19', 'Europe/Madrid')
    expect(cellOf(days, '2026-10-25', 2)).toMatchObject({
      runs: 2,
      messages: 20,
      jobs: ['a', 'b'],
      outcomes: { completed: 2, failed: 1 },
      span: { from: Date.parse('2026-10-25T00:00:00Z'), to: Date.parse('2026-10-25T02:00:00Z') },
    })
  })
})

describe('what went wrong in an hour', () => {
  it('names failures before what was missed', () => {
    expect(troubleOf({ completed: 5, partial: 1, failed: 2, missed: 3 })).toEqual({
      kind: 'failed',
      count: 3,
    })
    expect(troubleOf({ completed: 5, missed: 3, skipped: 1 })).toEqual({ kind: 'missed', count: 4 })
    expect(troubleOf({ completed: 5 })).toBeNull()
  })
})
