import type { Overview, Run, RunCounts } from '@kamihi/contracts'
import { QueryClient } from '@tanstack/svelte-query'
import { expect, it } from 'vitest'
import { keysOf, patchRun } from '../../src/lib/liveKeys.ts'

const counts = { total: 3, sent: 2 } as RunCounts
const event = {
  type: 'run.changed',
  runId: 'r1',
  jobId: 'j1',
  state: 'running',
  counts,
  progress: null,
} as const

it('a change of a run makes its page, its deliveries and the lists old, and no other run', () => {
  const keys = keysOf(event).map((key) => key.join('/'))
  expect(keys).toEqual(['runs/one/r1', 'runs/list', 'deliveries/r1', 'jobs'])
})

it('a run that ended also makes the overview and the calendar old', () => {
  const keys = keysOf({ ...event, state: 'completed' }).map((key) => key.join('/'))
  expect(keys.slice(-2)).toEqual(['overview', 'schedule'])
})

it('a changed role is shown wherever its name or its people are', () => {
  expect(keysOf({ type: 'roles.changed', ids: [] }).flat()).toEqual([
    'roles',
    'users',
    'permissions',
    'actions',
    'jobs',
    'overview',
    'schedule',
  ])
})

it('new numbers of a run are shown before it is asked for again', () => {
  const queries = new QueryClient()
  queries.setQueryData(['runs', 'one', 'r1'], { id: 'r1', state: 'queued' } as Run)
  patchRun(queries, event)
  patchRun(queries, { ...event, runId: 'never opened' })
  expect(queries.getQueryData(['runs', 'one', 'r1'])).toEqual({
    id: 'r1',
    state: 'running',
    counts,
    progress: null,
  })
  expect(queries.getQueryData(['runs', 'one', 'never opened'])).toBeUndefined()
})

it('new numbers of a run are shown in the overview too, and those of others stay', () => {
  const queries = new QueryClient()
  const running = { items: [{ id: 'r1' }, { id: 'r2' }] as Run[], total: 2 }
  queries.setQueryData(['overview'], { running } as Overview)
  patchRun(queries, event)
  const { items } = queries.getQueryData<Overview>(['overview'])?.running ?? { items: [] }
  expect(items).toEqual([{ id: 'r1', state: 'running', counts, progress: null }, { id: 'r2' }])
})
