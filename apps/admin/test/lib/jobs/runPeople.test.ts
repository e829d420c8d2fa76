import type { User } from '@kamihi/contracts'
import { expect, it } from 'vitest'
import { outOfReachOf, reachableFirst } from '../../../src/lib/jobs/runPeople.ts'

const many = (n: number, of: string) => Array.from({ length: n }, (_, index) => `${of}${index}`)

it('those who can be reached are offered first, and some of the others always', () => {
  expect(reachableFirst(['a'], ['x', 'y'])).toEqual(['a', 'x', 'y'])
  const offered = reachableFirst(many(50, 'a'), many(50, 'x'))
  expect(offered).toHaveLength(50)
  expect(offered.slice(38, 42)).toEqual(['a38', 'a39', 'x0', 'x1'])
  expect(reachableFirst(many(50, 'a'), [])).toHaveLength(50)
})

it('names those of the chosen who will not get it, and why', () => {
  const user = (name: string, reachability: User['reachability']) => ({ name, reachability }) as User
  expect(outOfReachOf([user('Ana', 'ok'), user('Luis', 'blocked')])).toEqual([
    { name: 'Luis', reachability: 'blocked' },
  ])
})
