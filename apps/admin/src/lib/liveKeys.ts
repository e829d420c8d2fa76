import type { LiveEvent, Overview, Run } from '@kamihi/contracts'
import type { QueryClient } from '@tanstack/svelte-query'

type RunChanged = Extract<LiveEvent, { type: 'run.changed' }>
type Other = Exclude<LiveEvent, RunChanged>['type']

/** What each kind of change makes old, beside itself: names and counts are shown on other pages too. */
const touched: Record<Other, string[]> = {
  'users.changed': ['users', 'roles', 'permissions', 'actions', 'jobs'],
  'roles.changed': ['roles', 'users', 'permissions', 'actions', 'jobs', 'overview', 'schedule'],
  'permissions.changed': ['permissions', 'roles', 'actions'],
  'actions.changed': ['actions', 'jobs', 'permissions', 'overview'],
  'jobs.changed': ['jobs', 'roles', 'actions', 'overview', 'schedule', 'health'],
  'audit.changed': ['audit'],
  'telegram.changed': ['session', 'health', 'overview'],
}

/** Keys of the queries that an event makes old. */
export function keysOf(event: LiveEvent): (readonly unknown[])[] {
  if (event.type !== 'run.changed') return touched[event.type].map((kind) => [kind])
  const { runId, state } = event
  // While it goes on, only its numbers change, and those came with the event.
  const glance = state === 'running' ? [] : [['overview'], ['schedule']]
  return [['runs', 'one', runId], ['runs', 'list'], ['deliveries', runId], ['jobs'], ...glance]
}

/** Shows the new numbers of a run at once, before it is asked for again. */
export function patchRun(queries: QueryClient, { runId, state, counts, progress }: RunChanged): void {
  const patched = (run: Run): Run => (run.id === runId ? { ...run, state, counts, progress } : run)
  queries.setQueryData<Run>(['runs', 'one', runId], (run) => run && patched(run))
  queries.setQueryData<Overview>(
    ['overview'],
    (overview) =>
      overview && {
        ...overview,
        running: { ...overview.running, items: overview.running.items.map(patched) },
      },
  )
}
