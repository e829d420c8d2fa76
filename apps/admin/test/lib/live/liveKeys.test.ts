import type { Overview, Run, RunCounts } from '@kamihi/contracts'
import { QueryClient } from '@tanstack/svelte-query'
import { expect, it } from 'vitest'
import { keysOf, patchRun } from '../../../src/lib/live/liveKeys.ts'

const counts = { total: 3, sent: 2 } as RunCounts
const event = {
  type: 'run.changed',
  runId: 'r1',
  jobId: 'j1',
  state: 'running',
  counts,
  progress: null,
} as const

const words = (keys: readonly (readonly unknown[])[]) => keys.map((key) => key.join('/'))

it('a run that goes on makes its page and its deliveries old at once, and lists only after a while', () => {
  const { atOnce, later } = keysOf(event)
  expect(words(atOnce)).toEqual(['runs/one/r1', 'deliveries/r1'])
  expect(words(later)).toEqual(['runs/list', 'jobs/list', 'jobs/one/j1', 'jobs/occurrences/j1'])
})

it.each(['queued', 'paused', 'completed'] as const)(
  'a run that is %s now is told everywhere at once',
  (state) => {
    const { atOnce, later } = keysOf({ ...event, state })
    expect(words(atOnce)).toEqual([
      'runs/one/r1',
      'deliveries/r1',
      'runs/list',
      'jobs/list',
      'jobs/one/j1',
      'jobs/occurrences/j1',
      'jobs/short',
      'overview',
      'schedule',
    ])
    expect(later).toEqual([])
  },
)

it('no run makes previews, choices or a form of jobs old', () => {
  const old = ['running', 'completed'] as const
  const keys = old
    .map((state) => keysOf({ ...event, state }))
    .flatMap(({ atOnce, later }) => [...atOnce, ...later])
  expect(words(keys).filter((key) => key === 'jobs' || key.startsWith('previews'))).toEqual([])
})

it('a changed role is shown wherever its name or its people are, and in previews after a while', () => {
  const { atOnce, later } = keysOf({ type: 'roles.changed', ids: [] })
  expect(atOnce.flat()).toEqual(['roles', 'users', 'permissions', 'actions', 'jobs', 'overview', 'schedule'])
  expect(later.flat()).toEqual(['previews'])
})

it('new numbers of a run are shown in lists that hold it', () => {
  const queries = new QueryClient()
  const key = ['runs', 'list', '', { limit: 50 }]
  queries.setQueryData(key, {
    items: [
      { id: 'r1', state: 'queued' },
      { id: 'r2', state: 'queued' },
    ],
    total: 2,
  })
  patchRun(queries, event)
  expect(queries.getQueryData(key)).toEqual({
    items: [
      { id: 'r1', state: 'running', counts, progress: null },
      { id: 'r2', state: 'queued' },
    ],
    total: 2,
  })
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
