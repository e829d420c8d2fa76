import { asc, eq, lte, min, sql } from 'drizzle-orm'
import type { DueJob } from '../../scheduling.ts'
import type { Db } from '../connection.ts'
import { actions, jobs } from '../schema.ts'
import { live } from './records.ts'
import { timesOfJobs } from './times.ts'

/** What each tick asks, prepared once: both read the index of what is due, and nothing of jobs that are not. */
export function prepareDue(db: Db) {
  const { id, version, nextRunAt, catchUp, catchUpWindowSeconds } = jobs
  const due = db
    .select({
      id,
      version,
      nextRunAt: sql<number>`${nextRunAt}`,
      ...timesOfJobs,
      catchUp,
      catchUpWindowSeconds,
      actionLoaded: sql<number>`${actions.state} = 'loaded'`,
    })
    .from(jobs)
    .innerJoin(actions, eq(actions.name, jobs.action))
    .where(sql`${live} and ${lte(nextRunAt, sql.placeholder('now'))}`)
    .orderBy(asc(nextRunAt))
    .limit(sql.placeholder('limit'))
    .prepare()
  const earliest = db
    .select({ at: min(nextRunAt) })
    .from(jobs)
    .where(live)
    .prepare()
  return {
    list: (now: number, limit: number): DueJob[] =>
      due.all({ now, limit }).map((row) => ({ ...row, actionLoaded: row.actionLoaded === 1 })),
    earliest: (): number | null => earliest.get()?.at ?? null,
  }
}

/** Moves the cursor of a job that has not changed meanwhile. */
export function prepareReschedule(
  db: Db,
): (id: string, version: number, nextRunAt: number | null) => boolean {
  const statement = db
    .update(jobs)
    .set({ nextRunAt: sql`${sql.placeholder('nextRunAt')}` })
    .where(
      sql`${eq(jobs.id, sql.placeholder('id'))} and ${eq(jobs.version, sql.placeholder('version'))} and ${live}`,
    )
    .prepare()
  return (id, version, nextRunAt) => statement.run({ id, version, nextRunAt }).changes > 0
}
