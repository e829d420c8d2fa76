import { expect, it } from 'vitest'
import { readEntranceLink } from '../../../src/lib/session/entranceLink.ts'

it.each([
  ['#token=abc-_1', { kind: 'token', secret: 'abc-_1' }],
  ['#signin=abc', { kind: 'signin', secret: 'abc' }],
  ['#invite=abc', { kind: 'invite', secret: 'abc' }],
  ['#reset=abc', { kind: 'reset', secret: 'abc' }],
  ['#reset=', null],
  ['#other=abc', null],
  ['', null],
])('the link %j is %j', (hash, link) => {
  expect(readEntranceLink(hash)).toEqual(link)
})
