import { describe, expect, it } from 'vitest'
import { hasNobody, takesOf, triesFew } from '../../../src/pages/jobs/runRequest.ts'

describe('a dry run of many people', () => {
  const job = { perUser: true, recipientCount: 6 }

  it('is for some of them while nobody is chosen', () => {
    expect(triesFew('dry', 0, job)).toBe(true)
    expect(triesFew('dry', 1, job)).toBe(false)
  })

  it('is for all of them where they are few, or the action runs once', () => {
    expect(triesFew('dry', 0, { ...job, recipientCount: 5 })).toBe(false)
    expect(triesFew('dry', 0, { ...job, perUser: false })).toBe(false)
  })

  it('is not meant by a run that sends', () => {
    expect(triesFew('everyone', 0, job)).toBe(false)
  })
})

it('warns of a run for everyone, or a dry run, that has nobody', () => {
  expect(hasNobody('everyone', 0, 0)).toBe(true)
  expect(hasNobody('everyone', 2, 0)).toBe(true)
  expect(hasNobody('dry', 0, 0)).toBe(true)
  expect(hasNobody('dry', 2, 0)).toBe(false)
  expect(hasNobody('chosen', 0, 0)).toBe(false)
  expect(hasNobody('everyone', 0, 1)).toBe(false)
})

describe('how long a run takes', () => {
  it('is what sending takes at the permitted speed', () => {
    expect(takesOf('everyone', 300, 30, 2_000)).toEqual({ kind: 'paced', ms: 10_000 })
    expect(takesOf('chosen', 300, 30, null)).toEqual({ kind: 'paced', ms: 10_000 })
  })

  it('is what the last runs took where that is more', () => {
    expect(takesOf('everyone', 3, 30, 4_000)).toEqual({ kind: 'usual', ms: 4_000 })
  })

  it('is not told of a part of the people from runs for all, nor where nothing is known', () => {
    expect(takesOf('chosen', 3, 30, 4_000)).toBeNull()
    expect(takesOf('everyone', 3, 30, null)).toBeNull()
    expect(takesOf('dry', 300, 30, 4_000)).toBeNull()
  })
})
