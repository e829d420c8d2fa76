import { and, eq, isNull } from 'drizzle-orm'
import type { PassedOccurrences, Placement } from '../../scheduling.ts'
import type { Change, JobRecord, Store } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Tx } from '../connection.ts'
import { insertRun, isIdempotent, occurrenceRow, writePlaced } from '../runs/rows.ts'
import { jobs } from '../schema.ts'
import { auditObject, getJob } from './records.ts'
import { dropSkips } from './skips.ts'

type Paused = Awaited<ReturnType<Store['jobs']['pause']>>
type Resumed = Awaited<ReturnType<Store['jobs']['resume']>>

/** The version stays: a pause is no setting, and an edit that was begun before it replaces nothing of it. */
export function pauseJob(tx: Tx, id: string, { reason }: { reason: string | null }, change: Change): Paused {
  const job = getJob(tx, id)
  if (!job || job.archivedAt !== null) return { kind: 'not_found' }
  if (job.pausedAt !== null) return { kind: 'already_paused', job }
  const set = { pausedAt: change.now, pausedBy: change.actor.name, pauseReason: reason }
  tx.update(jobs).set(set).where(eq(jobs.id, id)).run()
  writeAudit(tx, change, 'job.paused', auditObject(job), {}, { reason })
  return { kind: 'paused', job: { ...job, ...set } }
}

export function resumeJob(tx: Tx, id: string, placement: Placement, change: Change): Resumed {
  const job = getJob(tx, id)
  if (!job || job.archivedAt !== null) return { kind: 'not_found' }
  if (job.pausedAt === null) return { kind: 'not_paused', job }
  const { expectedNextRunAt: from, nextRunAt, passed } = placement
  const set = { nextRunAt, pausedAt: null, pausedBy: null, pauseReason: null }
  const unmoved = from === null ? isNull(jobs.nextRunAt) : eq(jobs.nextRunAt, from)
  const moved = tx
    .update(jobs)
    .set(set)
    .where(and(eq(jobs.id, id), unmoved))
    .run()
  if (moved.changes === 0) return { kind: 'moved' }
  writePassed(tx, job, passed, change.now)
  writeAudit(tx, change, 'job.resumed', auditObject(job), {}, { reason: job.pauseReason })
  return { kind: 'resumed', job: { ...job, ...set } }
}

/** One row for each stretch that passed; what was to be left out of it is part of it. */
export function writePassed(tx: Tx, job: JobRecord, passed: PassedOccurrences[], now: number): void {
  if (passed.length === 0) return
  const idempotent = isIdempotent(tx, job.action)
  for (const stretch of passed)
    writePlaced(occurrenceRow(job, stretch, idempotent, now), (row) => insertRun(tx, row, job.name) !== null)
  dropSkips(tx, job.id, now)
}
