import type { LiveEvent, Overview, Page, Run } from '@kamihi/contracts'
import type { QueryClient } from '@tanstack/svelte-query'

type RunChanged = Extract<LiveEvent, { type: 'run.changed' }>
type Other = Exclude<LiveEvent, RunChanged>['type']

type Keys = readonly (readonly unknown[])[]

/** What each kind of change makes old, beside itself: names and counts are shown on other pages too. */
const touched: Record<Other, string[]> = {
  'users.changed': ['users', 'roles', 'permissions', 'actions', 'jobs'],
  'roles.changed': ['roles', 'users', 'permissions', 'actions', 'jobs', 'overview', 'schedule'],
  'permissions.changed': ['permissions', 'roles', 'actions'],
  'actions.changed': ['actions', 'jobs', 'permissions', 'overview'],
  'jobs.changed': ['jobs', 'users', 'roles', 'actions', 'overview', 'schedule', 'health'],
  'audit.changed': ['audit'],
  'telegram.changed': ['session', 'health', 'overview'],
}

/** Keys of the queries that an event makes old: at once, or after a few seconds where it comes often and costs much. */
export function keysOf(event: LiveEvent): { atOnce: Keys; later: Keys } {
  if (event.type === 'run.changed') return keysOfRun(event)
  const kinds = touched[event.type]
  return { atOnce: kinds.map((kind) => [kind]), later: kinds.includes('jobs') ? [['previews']] : [] }
}

function keysOfRun({ runId, jobId, state }: RunChanged): { atOnce: Keys; later: Keys } {
  const own = [
    ['runs', 'one', runId],
    ['deliveries', runId],
  ]
  const lists = [
    ['runs', 'list'],
    ['jobs', 'list'],
    ['jobs', 'one', jobId],
    ['jobs', 'occurrences', jobId],
  ]
  // While it goes on, only its numbers change, several times a second, and those came with the event.
  if (state === 'running') return { atOnce: own, later: lists }
  const others = [['jobs', 'short'], ['overview'], ['schedule']]
  return { atOnce: [...own, ...lists, ...others], later: [] }
}

/** Shows the new numbers of a run at once, before it is asked for again. */
export function patchRun(queries: QueryClient, { runId, state, counts, progress }: RunChanged): void {
  const patched = (run: Run): Run => (run.id === runId ? { ...run, state, counts, progress } : run)
  queries.setQueryData<Run>(['runs', 'one', runId], (run) => run && patched(run))
  queries.setQueriesData<Page<Run>>(
    { queryKey: ['runs', 'list'] },
    (page) => page && { ...page, items: page.items.map(patched) },
  )
  queries.setQueryData<Overview>(
    ['overview'],
    (overview) =>
      overview && {
        ...overview,
        running: { ...overview.running, items: overview.running.items.map(patched) },
      },
  )
}
