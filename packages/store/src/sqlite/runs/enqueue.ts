import type { Run } from '@kamihi/contracts'
import { and, eq } from 'drizzle-orm'
import { admitOccurrence } from '../../overlap.ts'
import type { JobSkip, ScheduledEnqueue, ScheduledOutcome } from '../../scheduling.ts'
import type { Db, Tx } from '../connection.ts'
import { dropSkips } from '../jobs/skips.ts'
import { readPauses } from '../scheduler/pauses.ts'
import { runs } from '../schema.ts'
import { type Batch, prepareBatch } from './batch.ts'
import { makeRoom, stillOpen } from './overlap.ts'
import { type OccurrenceRow, occurrenceRow, skippedAt } from './rows.ts'

export type EnqueueScheduled = (tx: Tx, inputs: ScheduledEnqueue[]) => ScheduledOutcome[]

/**
 * Moves the cursors of jobs and writes their occurrences; whoever read an older cursor changes nothing. One transaction for many jobs
 * costs one write to the disk, and to each job it is the same as one of its own: its cursor and its rows, both or neither.
 */
export function prepareEnqueue(db: Db): EnqueueScheduled {
  const batches = prepareBatch(db)
  return (tx, inputs) => {
    if (readPauses(tx).current) return inputs.map(() => ({ kind: 'lost' }))
    const won = inputs.filter(batches.move)
    const batch = batches.read(
      tx,
      won.map(({ jobId }) => jobId),
    )
    const decided = new Map(won.map((input) => [input, decideJob(tx, input, batch)]))
    return inputs.map((input) => {
      const one = decided.get(input)
      if (!one) return { kind: 'lost' }
      const name = batch.jobs.get(input.jobId)?.name ?? null
      const written = one.rows.flatMap((row) => batches.insert(row, name) ?? [])
      return { kind: 'enqueued', runs: written, replaced: one.replaced }
    })
  }
}

/** The rows of one job, of which later ones may have taken the place of earlier ones; other runs give way at once. */
function decideJob(
  tx: Tx,
  input: ScheduledEnqueue,
  batch: Batch,
): { rows: OccurrenceRow[]; replaced: Run[] } {
  const { jobId, occurrences, now } = input
  const job = batch.jobs.get(jobId)
  if (!job) throw new Error(`Job ${jobId} is gone.`)
  const skips = batch.skips.get(jobId) ?? []
  let open = batch.open.get(jobId) ?? []
  const meetsOthers = open.length > 0 || occurrences.length > 1
  const replaced: Run[] = []
  const rows: OccurrenceRow[] = []
  for (const occurrence of occurrences) {
    const row = occurrenceRow(job, occurrence, job.isIdempotent, now)
    rows.push(row)
    const skip = 'from' in occurrence ? undefined : skips.find(isOf(occurrence.scheduledFor))
    if (skip) Object.assign(row, skippedAt(now, { kind: 'requested', by: skip.by, reason: skip.reason }))
    else if (occurrence.kind === 'run' && meetsOthers && isWritten(tx, row)) rows.pop()
    else if (occurrence.kind === 'run') {
      const decision = admitOccurrence(job.overlap, open)
      if (decision.kind === 'blocked')
        Object.assign(row, skippedAt(now, { kind: 'overlap', runId: decision.blocking }))
      else {
        replaced.push(...makeRoom(tx, decision, now, rows))
        open = [...stillOpen(open, decision), { id: row.id, trigger: 'schedule', state: 'queued' }]
      }
    }
  }
  if (skips.length > 0) dropSkips(tx, jobId, now)
  return { rows, replaced }
}

/** A cursor that was put back comes to what ran already: nothing gives way to that. */
const isWritten = (tx: Tx, { jobId, idempotencyKey }: OccurrenceRow): boolean =>
  tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.jobId, jobId), eq(runs.idempotencyKey, idempotencyKey)))
    .get() !== undefined

const isOf = (at: number) => (skip: JobSkip) => skip.scheduledFor === at
