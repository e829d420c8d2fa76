import type { LiveEvent, Run } from '@kamihi/contracts'
import type { QueryClient } from '@tanstack/svelte-query'

type RunChanged = Extract<LiveEvent, { type: 'run.changed' }>
type Other = Exclude<LiveEvent, RunChanged>['type']

/** What each kind of change makes old, beside itself: names and counts are shown on other pages too. */
const touched: Record<Other, string[]> = {
  'users.changed': ['users', 'roles', 'permissions', 'jobs'],
  'roles.changed': ['roles', 'users', 'permissions', 'jobs'],
  'permissions.changed': ['permissions', 'roles', 'actions'],
  'actions.changed': ['actions', 'jobs', 'permissions'],
  'jobs.changed': ['jobs', 'roles', 'actions'],
  'audit.changed': ['audit'],
  'telegram.changed': ['session'],
}

/** Keys of the queries that an event makes old. */
export function keysOf(event: LiveEvent): (readonly unknown[])[] {
  if (event.type !== 'run.changed') return touched[event.type].map((kind) => [kind])
  return [['runs', 'one', event.runId], ['runs', 'list'], ['deliveries', event.runId], ['jobs']]
}

/** Shows the new numbers of a run at once, before it is asked for again. */
export function patchRun(queries: QueryClient, { runId, state, counts }: RunChanged): void {
  queries.setQueryData<Run>(['runs', 'one', runId], (run) => run && { ...run, state, counts })
}
