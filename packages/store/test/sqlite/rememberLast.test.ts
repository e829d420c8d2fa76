import { expect, it } from 'vitest'
import { rememberLast } from '../../src/sqlite/rememberLast.ts'

it('makes a thing once, and again after it was let go for others', () => {
  const made: string[] = []
  const remember = rememberLast<string>(2)
  const ask = (key: string) =>
    remember(key, () => {
      made.push(key)
      return key.toUpperCase()
    })
  expect([ask('a'), ask('b'), ask('a')]).toEqual(['A', 'B', 'A'])
  ask('c')
  expect(made).toEqual(['a', 'b', 'c'])
  ask('a')
  ask('b')
  expect(made).toEqual(['a', 'b', 'c', 'b'])
})
