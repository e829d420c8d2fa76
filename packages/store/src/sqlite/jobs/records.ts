import { eq, type SQL, sql } from 'drizzle-orm'
import type { JobRecord } from '../../store.ts'
import type { Db, Tx } from '../connection.ts'
import { linksOf } from '../links.ts'
import { actions, jobRoles, jobs, jobUsers } from '../schema.ts'

/** What runs by itself. Literal, as in the index of what is due: with bound values SQLite would not use it. */
export const live = sql`${jobs.enabled} = 1 and ${jobs.archivedAt} is null and ${jobs.pausedAt} is null`

/** The same and the paused ones. */
export const enabled = sql`${jobs.enabled} = 1 and ${jobs.archivedAt} is null`

interface Shape {
  orderBy?: SQL[]
  limit?: number
}

/** Jobs with their people and the state of their action. */
export function records(
  db: Db | Tx,
  where: SQL | undefined,
  { orderBy = [], limit = 10_000 }: Shape = {},
): JobRecord[] {
  const joined = db
    .select({ job: jobs, actionState: actions.state })
    .from(jobs)
    .innerJoin(actions, eq(actions.name, jobs.action))
    .where(where)
  const rows = joined
    .orderBy(...orderBy)
    .limit(limit)
    .all()
  const ids = rows.map(({ job }) => job.id)
  const users = linksOf(db, jobUsers, jobUsers.jobId, jobUsers.userId, ids)
  const roles = linksOf(db, jobRoles, jobRoles.jobId, jobRoles.roleId, ids)
  return rows.map(({ job, actionState }) => ({
    ...job,
    userIds: users.get(job.id) ?? [],
    roleIds: roles.get(job.id) ?? [],
    actionState,
    actionLoaded: actionState === 'loaded',
  }))
}

export function getJob(db: Db | Tx, id: string): JobRecord | null {
  return records(db, eq(jobs.id, id))[0] ?? null
}

/** How a job is called in the audit log. */
export const labelOf = (job: Pick<JobRecord, 'name' | 'action'>) => job.name ?? `/${job.action}`

export const auditObject = (job: Pick<JobRecord, 'id' | 'name' | 'action'>) => ({
  kind: 'job',
  id: job.id,
  label: labelOf(job),
})
