import { expect, it } from 'vitest'
import { hrefOfObject } from '../../../src/lib/audit/auditObject.ts'

it.each([
  ['job', 'j1', '/jobs/j1'],
  ['permission', 'p1', '/permissions/p1'],
  ['account', 'a1', '/settings/team'],
  ['scheduler', null, '/status'],
  ['delivery', 'r-1-0000001', '/runs/r-1?delivery=r-1-0000001'],
  ['job', null, null],
  ['endpoint', null, null],
])('an entry about a %s with the id %s leads to %s', (kind, id, href) => {
  expect(hrefOfObject({ kind, id, label: null })).toBe(href)
})
