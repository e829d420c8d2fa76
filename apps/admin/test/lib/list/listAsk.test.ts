import { describe, expect, it } from 'vitest'
import { choicesFrom, type Filter } from '../../../src/lib/list/filters.ts'
import { listAsk } from '../../../src/lib/list/listAsk.ts'
import type { Asked } from '../../../src/lib/list/listUrl.ts'

const filters: Filter[] = [
  { kind: 'choice', name: 'archived', label: 'Archived', apart: true, choices: choicesFrom({ true: 'Yes' }) },
  { kind: 'choice', name: 'state', label: 'State', choices: choicesFrom({ failed: 'failed' }) },
]
const list = { filters, columns: [{ sort: 'name' }], fixed: { jobId: 'j' }, zone: 'UTC' }
const address = (given: Partial<Asked> = {}): Asked => ({
  q: '',
  sort: '',
  order: '',
  limit: 50,
  cursor: '',
  row: 1,
  filters: {},
  ...given,
})

describe('what a list asks for', () => {
  it('is its first page, of what it always holds, where the address says nothing', () => {
    expect(listAsk(address(), list)).toMatchObject({
      query: { jobId: 'j', limit: 50 },
      isNarrowed: false,
      isFiltered: false,
    })
  })

  it('is a page of what was searched, set and sorted, and as a file all of that', () => {
    const asked = {
      q: 'ana',
      sort: 'name',
      order: 'desc',
      cursor: 'c',
      filters: { state: 'failed' },
    } as const
    const { query, whole, narrowing } = listAsk(address(asked), list)
    expect(narrowing).toEqual({ q: 'ana', state: 'failed', jobId: 'j' })
    expect(whole).toEqual({ ...narrowing, sort: 'name', order: 'desc' })
    expect(query).toEqual({ ...whole, cursor: 'c', limit: 50 })
  })

  it('leaves out what makes no sense, and tells of it', () => {
    const { query, unknown, sortedBy } = listAsk(address({ sort: 'size', filters: { state: 'lost' } }), list)
    expect(query).toEqual({ jobId: 'j', limit: 50 })
    expect(unknown).toMatchObject([{ filter: { name: 'state' }, value: 'lost' }])
    expect(sortedBy).toBe('')
  })

  it('counts things that are kept apart by themselves', () => {
    const apart = listAsk(address({ filters: { archived: 'true' } }), list)
    expect(apart).toMatchObject({
      isNarrowed: true,
      isFiltered: false,
      usual: { archived: true, jobId: 'j' },
    })
    const both = listAsk(address({ filters: { archived: 'true', state: 'failed' } }), list)
    expect(both).toMatchObject({ isFiltered: true, usual: { archived: true, jobId: 'j' } })
  })
})
