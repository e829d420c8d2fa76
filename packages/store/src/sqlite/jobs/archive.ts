import { eq } from 'drizzle-orm'
import type { EditEffects, PassedOccurrences } from '../../scheduling.ts'
import type { Change, JobRecord, Saved } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Tx } from '../connection.ts'
import { jobs } from '../schema.ts'
import { writePassed } from './pause.ts'
import { auditObject, getJob } from './records.ts'
import { dropSkips } from './skips.ts'

/** It never fires again; its history stays. */
export function archive(
  tx: Tx,
  id: string,
  change: Change,
  { passed = [] }: Pick<EditEffects, 'passed'> = {},
): boolean {
  const current = getJob(tx, id)
  if (!current || current.archivedAt !== null) return false
  leave(tx, current, passed, change.now)
  tx.update(jobs)
    .set({ archivedAt: change.now, nextRunAt: null, updatedAt: change.now, version: current.version + 1 })
    .where(eq(jobs.id, id))
    .run()
  writeAudit(tx, change, 'job.archived', auditObject(current))
  return true
}

/** Takes an archived job back. What was to be left out still is, as far as it is to come. */
export function restore(
  tx: Tx,
  id: string,
  version: number,
  nextRunAt: number | null,
  change: Change,
): Saved<JobRecord> {
  const current = getJob(tx, id)
  if (!current || current.archivedAt === null) return { kind: 'not_found' }
  if (current.version !== version) return { kind: 'version_conflict', current }
  dropSkips(tx, id, change.now)
  tx.update(jobs)
    .set({ archivedAt: null, nextRunAt, updatedAt: change.now, version: version + 1 })
    .where(eq(jobs.id, id))
    .run()
  const value = getJob(tx, id) as JobRecord
  writeAudit(tx, change, 'job.restored', auditObject(value))
  return { kind: 'saved', value }
}

/** What was due and is passed over, unless a tick was first and has written it. */
export function leave(tx: Tx, job: JobRecord, passed: PassedOccurrences[], now: number): void {
  if (passed[0]?.from === job.nextRunAt) writePassed(tx, job, passed, now)
}
