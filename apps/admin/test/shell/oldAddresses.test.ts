import { expect, it } from 'vitest'
import { addressNow } from '../../src/shell/oldAddresses.ts'

it.each([
  ['/job/list', '/jobs'],
  ['/job/create', '/jobs/new'],
  ['/job/detail/7', '/jobs/7'],
  ['/job/edit/7', '/jobs/7/edit'],
  ['/user/edit/7', '/users/7'],
  ['/role/list', '/roles'],
  ['/permission/create', '/permissions/new'],
  ['/action/create', '/actions'],
  ['/action/detail/weather', '/actions/weather'],
])('a bookmark of %s leads to %s', (before, now) => {
  expect(addressNow(before)).toBe(now)
})

it.each(['/jobs', '/job', '/job/list/7', '/job/detail', '/nowhere/list', '/job/edit/7/more'])(
  '%s was no page of earlier dashboards',
  (path) => {
    expect(addressNow(path)).toBeNull()
  },
)
