import type { Change, Store } from '@kamihi/store'
import { type Planner, placeAfter } from './planner.ts'

type Resumed = Exclude<Awaited<ReturnType<Store['jobs']['resume']>>, { kind: 'moved' }>

/** Edits that may come between reading a job and resuming it. */
const mostTries = 5

/**
 * Goes on with a paused job. What passed is one row that says who paused it and why; it runs next at its next time, never for the past.
 * @throws Error when it is edited again and again meanwhile
 */
export async function resumeJob(planner: Planner, id: string, change: Change): Promise<Resumed> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const job = await planner.store.jobs.get(id)
    if (!job) return { kind: 'not_found' }
    const placement = await placeAfter(planner, job, change.now)
    const outcome = await planner.store.jobs.resume(id, placement, change)
    if (outcome.kind !== 'moved') return outcome
  }
  throw new Error(`Job ${id} could not be resumed: its schedule changes all the time.`)
}
