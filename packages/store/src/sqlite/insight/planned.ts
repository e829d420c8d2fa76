import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { InsightStore, PlannedFilter, PlannedJob } from '../../insightStore.ts'
import type { Db } from '../connection.ts'
import { live } from '../jobs/records.ts'
import { timesOfJobs } from '../jobs/times.ts'
import { actions, jobSkips, jobs } from '../schema.ts'
import { openCounts } from './troubles.ts'

/** Jobs that are to run by themselves, whose action can be called. */
export function plannedJobs(
  db: Db,
  before: number,
  { jobId, action }: PlannedFilter,
  limit: number,
): PlannedJob[] {
  const { id, name, nextRunAt } = jobs
  return db
    .select({ id, name, action: jobs.action, nextRunAt: sql<number>`${nextRunAt}`, ...timesOfJobs })
    .from(jobs)
    .innerJoin(actions, eq(actions.name, jobs.action))
    .where(
      and(
        live,
        eq(actions.state, 'loaded'),
        lt(nextRunAt, before),
        jobId === undefined ? undefined : eq(id, jobId),
        action === undefined ? undefined : eq(jobs.action, action),
      ),
    )
    .orderBy(asc(nextRunAt))
    .limit(limit)
    .all()
}

/** Users ∪ members of roles of each job, counted by one statement. */
export function recipientCounts(db: Db, jobIds: string[]): Map<string, number> {
  const rows = db.all<{ id: string; n: number }>(sql`
    select j.value as id, (select count(*) from (
      select user_id from job_users where job_id = j.value
      union select user_roles.user_id from job_roles join user_roles on user_roles.role_id = job_roles.role_id where job_roles.job_id = j.value
    )) as n from json_each(${JSON.stringify(jobIds)}) j`)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

export function skipsOfJobs(db: Db, jobIds: string[]): Map<string, number[]> {
  const found = new Map<string, number[]>()
  const rows = db.all<{ jobId: string; at: number }>(sql`
    select ${jobSkips.jobId} as jobId, ${jobSkips.scheduledFor} as at from json_each(${JSON.stringify(jobIds)}) j
    cross join ${jobSkips} on ${jobSkips.jobId} = j.value`)
  for (const { jobId, at } of rows) found.set(jobId, [...(found.get(jobId) ?? []), at])
  return found
}

export function jobNames(db: Db, jobIds: string[]): Awaited<ReturnType<InsightStore['jobNames']>> {
  const { id, name, action } = jobs
  return db.select({ id, name, action }).from(jobs).where(inArray(id, jobIds)).all()
}

export function countAll(db: Db): Awaited<ReturnType<InsightStore['counts']>> {
  const row = db.get<Record<'enabled' | 'disabled' | 'paused' | 'blocked', number>>(sql`
    select coalesce(sum(${jobs.enabled} = 1 and ${jobs.pausedAt} is null), 0) as enabled,
      coalesce(sum(${jobs.enabled} = 0), 0) as disabled,
      coalesce(sum(${jobs.enabled} = 1 and ${jobs.pausedAt} is not null), 0) as paused,
      coalesce(sum(${jobs.enabled} = 1 and ${actions.state} <> 'loaded'), 0) as blocked
    from ${jobs} join ${actions} on ${actions.name} = ${jobs.action} where ${jobs.archivedAt} is null`)
  const open = openCounts(db)
  return {
    jobs: row ?? { enabled: 0, disabled: 0, paused: 0, blocked: 0 },
    openRuns: Object.fromEntries(open.map(({ state, runs }) => [state, runs])),
    queuedDeliveries: open.reduce((sum, { queued }) => sum + queued, 0),
  }
}
