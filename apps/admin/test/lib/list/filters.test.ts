import { describe, expect, it } from 'vitest'
import { apartOf, type Filter, knownSort, narrowingOf, sortOut } from '../../../src/lib/list/filters.ts'

it('a list is sorted by what one of its columns offers, and by nothing else that an address says', () => {
  const columns = [
    { label: 'Name', sort: 'name' },
    { label: 'Next run', sort: 'nextRunAt' },
    { label: 'State' },
  ]
  expect(['name', 'nextRunAt', 'nope', ''].map((asked) => knownSort(columns, asked))).toEqual([
    'name',
    'nextRunAt',
    '',
    '',
  ])
})

it('what chooses other things than usual is told from what narrows a list', () => {
  const filters: Filter[] = [
    { kind: 'choice', name: 'archived', label: 'Archived', choices: [], apart: true },
    { kind: 'choice', name: 'enabled', label: 'Enabled', choices: [] },
  ]
  expect(apartOf(filters, { archived: 'true', enabled: 'true' })).toEqual({ archived: 'true' })
  expect(apartOf(filters, { enabled: 'true' })).toEqual({})
})

describe('a day that narrows a list', () => {
  const filters: Filter[] = [
    { kind: 'day', name: 'from', label: 'Started', edge: 'start' },
    { kind: 'day', name: 'to', label: 'Started', edge: 'end' },
  ]
  const day = { from: '2026-03-29', to: '2026-03-29' }

  it('is one of the zone in which the list shows its times, also when clocks change', () => {
    expect(narrowingOf(filters, day, 'Europe/Madrid')).toEqual({
      from: '2026-03-28T23:00:00.000Z',
      to: '2026-03-29T21:59:59.999Z',
    })
    expect(narrowingOf(filters, day, 'UTC')).toEqual({
      from: '2026-03-29T00:00:00.000Z',
      to: '2026-03-29T23:59:59.999Z',
    })
  })

  it('is left out where no calendar has it', () => {
    const { known, unknown } = sortOut(filters, { from: '2026-02-30', to: '9999-12-31' })
    expect([known, unknown.map(({ value }) => value)]).toEqual([{}, ['2026-02-30', '9999-12-31']])
  })
})
