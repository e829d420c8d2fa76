import { describe, expect, it } from 'vitest'
import { mergeDrafts } from '../../../src/lib/form/merging.ts'

const base = { name: 'Team', userIds: ['ana'], isAdmin: false }

describe('two edits of one thing', () => {
  it('are put together when they touch different fields', () => {
    const merged = mergeDrafts(base, { ...base, name: 'Crew' }, { ...base, userIds: ['ana', 'mei'] })
    expect(merged).toEqual({
      kind: 'merged',
      draft: { name: 'Crew', userIds: ['ana', 'mei'], isAdmin: false },
    })
  })

  it('are put together when both say the same', () => {
    const crew = { ...base, name: 'Crew' }
    expect(mergeDrafts(base, crew, { ...crew })).toEqual({ kind: 'merged', draft: crew })
  })

  it('clash only in fields that both changed differently, and the draft keeps what was typed here', () => {
    const yours = { ...base, name: 'Crew', isAdmin: true }
    const theirs = { ...base, name: 'Staff', userIds: [] }
    expect(mergeDrafts(base, yours, theirs)).toEqual({
      kind: 'clashing',
      clashes: [{ field: 'name', theirs: 'Staff', yours: 'Crew' }],
      draft: { name: 'Crew', userIds: [], isAdmin: true },
    })
  })
})
