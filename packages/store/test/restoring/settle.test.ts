import { expect, it } from 'vitest'
import { decideSettlement } from '../../src/restoring/settle.ts'

it.each([
  ['the old database is where it was', { copy: true, current: true, old: false }, 'clear'],
  ['the old one was moved away', { copy: true, current: false, old: true }, 'finish'],
  ['there was none to move', { copy: true, current: false, old: false }, 'finish'],
  ['the new one is in its place', { copy: false, current: true, old: true }, 'clear'],
  ['somebody put a database there since', { copy: true, current: true, old: true }, 'clear'],
  ['the copy is gone and the old one was moved', { copy: false, current: false, old: true }, 'put_back'],
  ['nothing is left', { copy: false, current: false, old: false }, 'clear'],
] as const)('a restore that was cut off when %s', (_when, there, step) => {
  expect(decideSettlement(there)).toBe(step)
})
