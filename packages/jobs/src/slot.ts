import { type OccurrenceOutcome, slotOutcomes } from '@kamihi/contracts'
import { explainJob } from './explain.ts'
import type { Planner } from './planner.ts'
import { nearestTimes } from './skip.ts'

/** Why no run can stand for a time of a job: it is none of its times, or nobody knows whether it ran. */
export type ClosedSlot = { kind: 'slot_not_scheduled'; nearest: number[] } | { kind: 'slot_unrecorded' }

/** It has its run, may still fire, or the job is gone: the store looks at that again in the transaction that would write the run. */
const leftToStore: ReadonlySet<OccurrenceOutcome> = new Set(['ran', 'due', 'upcoming', 'archived'])

/** It is a time of the job's schedule, and was none then: it was another schedule, or it had not started or was over. */
const notThen: ReadonlySet<OccurrenceOutcome> = new Set(['edited', 'not_created', 'not_started', 'ended'])

/**
 * Whether a run by hand may stand for a time, as far as the schedule and the history tell; null when it may. That no other run has it is
 * for the store to say, which writes the run.
 */
export async function closedSlot(
  planner: Planner,
  jobId: string,
  at: number,
  now: number,
): Promise<ClosedSlot | null> {
  const found = await explainJob(planner, jobId, { from: at, to: at, now })
  if (!found) return null
  const [occurrence] = found.items
  if (!occurrence || notThen.has(occurrence.outcome))
    return { kind: 'slot_not_scheduled', nearest: await nearestTimes(planner, jobId, at) }
  const isKnown = slotOutcomes.includes(occurrence.outcome) || leftToStore.has(occurrence.outcome)
  return isKnown ? null : { kind: 'slot_unrecorded' }
}
