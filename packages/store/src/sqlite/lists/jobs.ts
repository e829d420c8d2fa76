import type { JobQuery } from '@kamihi/contracts'
import { and, eq, isNotNull, isNull, not, or, type SQL, sql } from 'drizzle-orm'
import type { JobListFacts } from '../../jobStore.ts'
import { enabled, live } from '../jobs/records.ts'
import { contains, type Sorting } from '../listing.ts'
import { actions, jobRoles, jobs, jobUsers, runs, userRoles, wentWrong } from '../schema.ts'

/** After this a job that should have run is late, not just about to. */
const overdueMs = 60_000

const lastRunAt = sql`(select max(scheduled_for) from runs where job_id = ${jobs.id} and dry_run = 0)`

/** How lists of jobs are sorted. Ids begin with the time that a job was made, so they stand for it. */
export const jobSorting: Sorting = {
  columns: {
    createdAt: { value: jobs.id, order: 'desc' },
    nextRunAt: { value: jobs.nextRunAt, least: 0 },
    name: { value: sql`lower(${jobs.name})`, least: '' },
    action: { value: jobs.action },
    // No index: it is looked up for each job, of which there are thousands at most.
    lastRunAt: { value: lastRunAt, least: 0 },
    updatedAt: { value: jobs.updatedAt },
  },
  default: 'createdAt',
  id: jobs.id,
}

/** Selects the jobs that a query asks for. */
export const jobsWhere = (query: JobQuery, facts: JobListFacts): SQL | undefined =>
  and(
    query.archived ? isNotNull(jobs.archivedAt) : isNull(jobs.archivedAt),
    query.action ? eq(jobs.action, query.action) : undefined,
    query.enabled === undefined ? undefined : eq(jobs.enabled, query.enabled),
    query.userId ? reaches(query.userId) : undefined,
    query.roleId
      ? within(sql`${jobRoles.jobId} from ${jobRoles} where ${jobRoles.roleId} = ${query.roleId}`)
      : undefined,
    query.lastOutcome ? sql`${ofLastRun(sql`state`)} = ${query.lastOutcome}` : undefined,
    query.timezone ? runsIn(query.timezone, facts.timezone) : undefined,
    query.dueBefore ? sql`${live} and ${jobs.nextRunAt} < ${Date.parse(query.dueBefore)}` : undefined,
    query.attention === undefined ? undefined : attention(query.attention, facts.now),
    query.q
      ? or(
          contains(jobs.name, query.q),
          contains(jobs.action, query.q),
          contains(jobs.cronExpression, query.q),
        )
      : undefined,
  )

const within = (selected: SQL): SQL => sql`${jobs.id} in (select ${selected})`

const reaches = (userId: string): SQL =>
  within(sql`${jobUsers.jobId} from ${jobUsers} where ${jobUsers.userId} = ${userId}
    union select ${jobRoles.jobId} from ${jobRoles} join ${userRoles} on ${userRoles.roleId} = ${jobRoles.roleId}
      where ${userRoles.userId} = ${userId}`)

const runsIn = (zone: string, usual: string): SQL | undefined =>
  zone === usual ? or(eq(jobs.timezone, zone), isNull(jobs.timezone)) : eq(jobs.timezone, zone)

/** Something of the newest run of a job that was no dry run. */
const ofLastRun = (what: SQL): SQL =>
  sql`(select ${what} from runs where job_id = ${jobs.id} and dry_run = 0 order by scheduled_for desc, id desc limit 1)`

/** Whether somebody should look at it; see the description of `attention` in the contract. */
function attention(wanted: boolean, now: number): SQL {
  const actionGone = sql`${jobs.action} in (select ${actions.name} from ${actions} where ${actions.state} <> 'loaded')`
  const overdue = sql`${jobs.nextRunAt} < ${now - overdueMs}`
  const badly = ofLastRun(sql`(${wentWrong(runs)} or ${runs.state} = 'skipped')`)
  const paused = isNotNull(jobs.pausedAt)
  const any = or(actionGone, paused, overdue, sql`coalesce(${badly}, 0)`, isForNobody)
  const needed = sql`(${enabled} and coalesce(${any}, 0))`
  return wanted ? needed : not(needed)
}

const isForNobody = sql`(${jobs.perUser} = 1
  and not exists (select 1 from ${jobUsers} where ${jobUsers.jobId} = ${jobs.id})
  and not exists (select 1 from ${jobRoles} join ${userRoles} on ${userRoles.roleId} = ${jobRoles.roleId}
    where ${jobRoles.jobId} = ${jobs.id}))`
