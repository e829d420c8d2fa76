import type { Run } from '@kamihi/contracts'
import { and, asc, eq, gte, lte, or, sql } from 'drizzle-orm'
import type { Db } from '../connection.ts'
import { forSlot, jobs, runs } from '../schema.ts'
import { presentRun } from './present.ts'

/** Rows of the schedule whose instant, or whose stretch of passed ones, touches a time, and runs by hand that stand for one; oldest first. */
export function listScheduled(db: Db, jobId: string, from: number, to: number, limit: number): Run[] {
  const ofJob = and(eq(runs.jobId, jobId), or(eq(runs.trigger, 'schedule'), forSlot(runs)))
  // A stretch may have begun long before: only the last row before the time can reach into it.
  const before = sql`(select max(scheduled_for) from runs where job_id = ${jobId} and trigger = 'schedule' and scheduled_for < ${from})`
  const reaches = and(eq(runs.scheduledFor, before), gte(runs.missedTo, from))
  return db
    .select({ run: runs, jobName: jobs.name })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .where(and(ofJob, lte(runs.scheduledFor, to), or(gte(runs.scheduledFor, from), reaches)))
    .orderBy(asc(runs.scheduledFor))
    .limit(limit)
    .all()
    .map(({ run, jobName }) => presentRun(run, jobName))
}
