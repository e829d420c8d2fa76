import type { Problem } from '@kamihi/contracts'
import { expect, it } from 'vitest'
import { startTestApi } from './api.ts'

const [early, late] = ['2026-11-24T08:00:00Z', '2027-11-24T08:00:00Z']

it('a wrong parameter is named as it stands in the address, in one way and with an issue, whatever is wrong with it', async () => {
  const api = await startTestApi()
  const headers = { authorization: `Bearer ${await api.token('viewer')}` }
  const wrong = async (path: string) => {
    const answer = await api.fetch(`/api/v1${path}`, { headers })
    const { errors = [] } = (await answer.json()) as Problem
    return errors.map((error) => [error.path, error.message, error.issue?.kind])
  }
  expect(await wrong('/users?limit=many')).toEqual([['limit', 'has to be a whole number', 'type']])
  expect(await wrong('/users?colour=red')).toMatchObject([['colour', expect.any(String), 'unknown_field']])
  expect(await wrong('/runs?state=failed,funny')).toMatchObject([['state', expect.any(String), 'one_of']])
  expect(await wrong(`/schedule/load?to=${late}`)).toMatchObject([['from', expect.any(String), 'required']])
  expect(await wrong('/users?cursor=bm9uc2Vuc2U')).toEqual([
    ['cursor', 'is none of this list in this order: begin again without a cursor', 'stale_cursor'],
  ])
  const turned = [['from', 'has to be before `to`', 'not_before']]
  for (const path of ['/schedule/load', '/schedule/occurrences', '/jobs/x/occurrences'])
    expect(await wrong(`${path}?from=${late}&to=${early}`)).toEqual(turned)
  expect(await wrong(`/schedule/load?from=${early}&to=${late}`)).toEqual([
    ['to', 'has to be at most 35 days after `from`', 'too_long_after'],
  ])
  expect(await wrong(`/schedule/occurrences?from=${early}&to=${late}`)).toEqual([
    ['to', 'has to be at most one day after `from`', 'too_long_after'],
  ])
})
