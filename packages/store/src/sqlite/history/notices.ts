import type { Run } from '@kamihi/contracts'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '../connection.ts'
import { presentRun } from '../runs/present.ts'
import { jobs, runs } from '../schema.ts'

/** Written out, not bound: only so is the partial index used that holds no others. */
const due = sql`${runs.notice} = 'due'`

/** Runs whose notice is due. */
export function listNotices(db: Db, limit: number): Run[] {
  return db
    .select({ run: runs, jobName: jobs.name })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .where(due)
    .orderBy(asc(runs.finishedAt))
    .limit(limit)
    .all()
    .map(({ run, jobName }) => presentRun(run, jobName))
}

export function noticesTold(tx: Tx, told: Pick<Run, 'id' | 'state'>[]): void {
  for (const { id, state } of told)
    tx.update(runs)
      .set({ notice: 'told' })
      .where(and(eq(runs.id, id), eq(runs.state, state), due))
      .run()
}
