import { and, eq, ne, or } from 'drizzle-orm'
import type { JobRecord, ManualEnqueue, Store } from '../../store.ts'
import type { Tx } from '../connection.ts'
import { readPauses } from '../scheduler/pauses.ts'
import { forSlot, runs } from '../schema.ts'
import { getRun } from './present.ts'

type Closed = Extract<
  Awaited<ReturnType<Store['runs']['enqueueManual']>>,
  { kind: 'slot_taken' | 'slot_ahead' }
>

/** Why a run by hand may not stand for the time it was asked for; null when it may. A dry run stands for none. */
export function closedSlot(
  tx: Tx,
  job: JobRecord,
  { scheduledFor: at, dryRun }: ManualEnqueue,
  now: number,
): Closed | null {
  if (at === undefined || at === null) return null
  if (at >= now || mayStillFire(tx, job, at)) return { kind: 'slot_ahead' }
  if (dryRun) return null
  const taken = tx
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        eq(runs.jobId, job.id),
        eq(runs.scheduledFor, at),
        or(and(eq(runs.trigger, 'schedule'), ne(runs.state, 'skipped')), forSlot(runs)),
      ),
    )
    .get()
  const run = taken && getRun(tx, taken.id)
  return run ? { kind: 'slot_taken', run } : null
}

/** What the cursor has passed never fires again; nor does what has its time while the job or the scheduler is paused. */
const mayStillFire = (tx: Tx, { nextRunAt, pausedAt }: JobRecord, at: number): boolean =>
  nextRunAt !== null && nextRunAt <= at && pausedAt === null && readPauses(tx).current === null
