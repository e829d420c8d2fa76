import type { SchedulerState, SchedulerStatus } from '@kamihi/contracts'
import type { SchedulerPause, Store } from '@kamihi/store'

/** How the scheduler is; `state` as this process sees its own, but for a pause that it has not read yet. */
export async function describeScheduler(
  store: Store,
  state: SchedulerState,
  now: number,
): Promise<SchedulerStatus> {
  const [{ current }, lastTickAt, due] = await Promise.all([
    store.scheduler.pauses(),
    store.scheduler.lastSeenAt(),
    store.jobs.earliestDue(),
  ])
  const isHeld = current !== null
  return {
    state: state === 'running' || state === 'paused' ? (isHeld ? 'paused' : 'running') : state,
    paused: current ? presentPause(current) : null,
    lastTickAt: isoOrNull(lastTickAt),
    nextDueAt: isHeld ? null : isoOrNull(due),
    lagMs: isHeld || due === null ? 0 : Math.max(0, now - due),
  }
}

export const presentPause = ({ at, by, reason }: SchedulerPause) => ({
  at: new Date(at).toISOString(),
  by,
  reason,
})

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
