import { expect, it } from 'vitest'
import { knownSort } from '../../src/lib/filters.ts'

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
