import { and, asc, eq, getTableColumns, inArray, lte, notInArray, or, sql } from 'drizzle-orm'
import type { JobSkip } from '../../scheduling.ts'
import type { Change, Store } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Db, Tx } from '../connection.ts'
import { groupBy } from '../edit.ts'
import { quickRows } from '../quickRows.ts'
import { jobSkips } from '../schema.ts'
import { auditObject, getJob } from './records.ts'

type Skipped = Awaited<ReturnType<Store['jobs']['skip']>>
type Unskipped = Awaited<ReturnType<Store['jobs']['unskip']>>

/** Occurrences that are to be left out, by job, soonest first. */
export function skipsOf(db: Db | Tx, jobIds: string[]): Map<string, JobSkip[]> {
  const rows = db
    .select()
    .from(jobSkips)
    .where(inArray(jobSkips.jobId, jobIds))
    .orderBy(asc(jobSkips.scheduledFor))
    .all()
  const byJob = groupBy(rows, (row) => row.jobId)
  return new Map([...byJob].map(([jobId, list]) => [jobId, list.map(present)]))
}

/** The same for lists, by one statement that is prepared once. */
export function prepareSkipsOf(db: Db): (jobIds: string[]) => (jobId: string) => JobSkip[] {
  const given = sql`(select value from json_each(${sql.placeholder('ids')}))`
  const ofThese = db
    .select()
    .from(jobSkips)
    .where(sql`${jobSkips.jobId} in ${given}`)
    .orderBy(asc(jobSkips.jobId), asc(jobSkips.scheduledFor))
  const skips = quickRows(ofThese.prepare(), getTableColumns(jobSkips))
  return (jobIds) => {
    const byJob = groupBy(skips.all({ ids: JSON.stringify(jobIds) }), (row) => row.jobId)
    return (jobId) => (byJob.get(jobId) ?? []).map(present)
  }
}

const present = ({ scheduledFor, requestedBy, reason }: typeof jobSkips.$inferSelect): JobSkip => ({
  scheduledFor,
  by: requestedBy,
  reason,
})

export function skip(
  tx: Tx,
  id: string,
  { scheduledFor, reason }: { scheduledFor: number; reason: string | null },
  change: Change,
): Skipped {
  const job = getJob(tx, id)
  if (!job || job.archivedAt !== null) return { kind: 'not_found' }
  // What lies before the cursor has its row already.
  if (job.nextRunAt === null || scheduledFor < job.nextRunAt) return { kind: 'passed' }
  const row = { jobId: id, scheduledFor, requestedBy: change.actor.name, reason, createdAt: change.now }
  if (tx.insert(jobSkips).values(row).onConflictDoNothing().run().changes === 0)
    return { kind: 'already_skipped', job }
  const at = new Date(scheduledFor).toISOString()
  writeAudit(tx, change, 'job.skipped', auditObject(job), {}, { scheduledFor: at, reason })
  return { kind: 'skipped', job }
}

export function unskip(tx: Tx, id: string, scheduledFor: number, change: Change): Unskipped {
  const job = getJob(tx, id)
  if (!job || job.archivedAt !== null) return { kind: 'not_found' }
  const it = and(eq(jobSkips.jobId, id), eq(jobSkips.scheduledFor, scheduledFor))
  if (tx.delete(jobSkips).where(it).run().changes === 0) return { kind: 'not_skipped' }
  const at = new Date(scheduledFor).toISOString()
  writeAudit(tx, change, 'job.unskipped', auditObject(job), { scheduledFor: at }, {})
  return { kind: 'unskipped', job }
}

/** Forgets what has passed, and what is not among `kept`. */
export function dropSkips(tx: Tx, jobId: string, until: number, kept?: number[]): void {
  const gone = or(
    lte(jobSkips.scheduledFor, until),
    kept ? notInArray(jobSkips.scheduledFor, kept) : undefined,
  )
  tx.delete(jobSkips)
    .where(and(eq(jobSkips.jobId, jobId), gone))
    .run()
}
