import type { Run } from '@kamihi/contracts'
import { sql } from 'drizzle-orm'
import type { Admission, OpenRun } from '../../overlap.ts'
import type { Db, Tx } from '../connection.ts'
import { groupBy } from '../edit.ts'
import { runs } from '../schema.ts'
import { cancelRun, finishRun } from './finish.ts'
import { getRun } from './present.ts'
import { type OccurrenceRow, skippedAt } from './rows.ts'

/** Which run of a job comes first: of those written together the one of the earlier instant. */
export const olderThan = (other: string) =>
  sql.raw(
    `(${other}.created_at, ${other}.scheduled_for, ${other}.id) < (runs.created_at, runs.scheduled_for, runs.id)`,
  )

/** Runs of some jobs that have not ended, oldest first. States are literal, so that a partial index can serve it. */
export function openRunsOf(db: Db | Tx, jobIds: string[]): Map<string, OpenRun[]> {
  const rows = db.all<OpenRun & { jobId: string }>(sql`
    select id, job_id as "jobId", trigger, state from ${runs}
    where job_id in (select value from json_each(${JSON.stringify(jobIds)})) and state in ('queued','running','paused')
    order by created_at, scheduled_for, id`)
  return groupBy(rows, (row) => row.jobId)
}

/** Makes room for a run that was admitted; gives what became of the runs that gave way. `unwritten`: rows of the same commit. */
export function makeRoom(
  tx: Tx,
  { cancels, displaces }: Admission,
  now: number,
  unwritten: OccurrenceRow[] = [],
): Run[] {
  const cancelled = { state: 'cancelled' as const, cancelRequestedAt: now, finishedAt: now }
  const displaced = skippedAt(now, { kind: 'displaced' })
  for (const row of unwritten) {
    if (cancels.includes(row.id)) Object.assign(row, cancelled)
    if (displaces.includes(row.id)) Object.assign(row, displaced)
  }
  for (const id of cancels) cancelRun(tx, id, now)
  for (const id of displaces) finishRun(tx, id, 'skipped', now, displaced)
  return [...cancels, ...displaces].flatMap((id) => getRun(tx, id) ?? [])
}

export function stillOpen(open: OpenRun[], { cancels, displaces }: Admission): OpenRun[] {
  const gone = new Set([...cancels, ...displaces])
  return open.filter(({ id }) => !gone.has(id))
}
