import { describe, expect, it } from 'vitest'
import { boundsIssue, depthOf, jsonBounds } from '../src/jsonBounds.ts'

const nested = (levels: number): unknown => {
  let value: unknown = []
  for (let level = 1; level < levels; level += 1) value = [value]
  return value
}

const withKeys = (count: number): unknown =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 1]))

describe('a JSON value given by somebody', () => {
  it('may hold what people write', () => {
    expect(boundsIssue({ city: 'Rome', days: [1, 2, { from: null }] })).toBeNull()
    expect(boundsIssue('text')).toBeNull()
  })

  it.each([
    ['as many levels as allowed', nested(jsonBounds.depth), null],
    ['a level more', nested(jsonBounds.depth + 1), 'levels'],
    ['more levels than a stack has', nested(200_000), 'levels'],
    ['as many keys as allowed', withKeys(jsonBounds.keys), null],
    ['a key more, in pieces', [withKeys(500), [withKeys(501)]], 'keys'],
    ['a long list', Array(5000).fill(0), null],
    ['as many bytes as allowed', 'x'.repeat(jsonBounds.bytes - 2), null],
    ['a byte more, in letters of two', 'ñ'.repeat(jsonBounds.bytes / 2), 'bytes'],
  ])('with %s is told so', (_, value, of) => {
    expect(boundsIssue(value)?.of ?? null).toBe(of)
  })

  it('is not looked through beyond what matters', () => {
    expect(depthOf(nested(200_000), 20)).toBe(21)
  })
})
