import type { JobQuery, JobSettings } from '@kamihi/contracts'
import { and, asc, desc, eq, inArray, isNotNull, isNull, lte, min, or, type SQL } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Change, JobRecord, JobRow, Saved, Store } from '../store.ts'
import { countAudience, describeAudience } from './audience.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, read, type Tx, write } from './connection.ts'
import { chunks, groupBy, orDuplicate, Refused } from './edit.ts'
import { checkAudience, linksOf, setLinks } from './links.ts'
import { contains } from './listing.ts'
import { listPage } from './listPage.ts'
import { actions, jobRoles, jobs, jobUsers, runs } from './schema.ts'

/** Jobs: what runs by itself. A removed one is archived, its history stays. */
export function createJobs(db: Db): Store['jobs'] {
  return {
    create: (input, nextRunAt, change) =>
      orDuplicate('id', () => write(db, (tx) => create(tx, input, nextRunAt, change))),
    update: (id, version, patch, nextRunAt, change) =>
      orDuplicate('id', () => write(db, (tx) => update(tx, id, version, patch, nextRunAt, change))),
    archive: (id, change) => write(db, (tx) => archive(tx, id, change)),
    get: (id) => read(() => getJob(db, id)),
    getRow: (id) => read(() => rowsOf(db, records(db, eq(jobs.id, id)))[0] ?? null),
    list: (query) => read(() => list(db, query)),
    listDue: (now, limit) =>
      read(() => records(db, and(live, lte(jobs.nextRunAt, now)), { orderBy: [asc(jobs.nextRunAt)], limit })),
    earliestDue: () =>
      read(
        () =>
          db
            .select({ at: min(jobs.nextRunAt) })
            .from(jobs)
            .where(live)
            .get()?.at ?? null,
      ),
    listToReschedule: () =>
      read(() => records(db, and(live, or(isNull(jobs.nextRunAt), isNull(jobs.timezone))))),
    reschedule: (id, version, nextRunAt) =>
      write(
        db,
        (tx) =>
          tx
            .update(jobs)
            .set({ nextRunAt })
            .where(and(eq(jobs.id, id), eq(jobs.version, version), live))
            .run().changes > 0,
      ),
    recipients: (target) => read(() => describeAudience(db, target)),
  }
}

const live = and(eq(jobs.enabled, true), isNull(jobs.archivedAt))

export function getJob(db: Db | Tx, id: string): JobRecord | null {
  return records(db, eq(jobs.id, id))[0] ?? null
}

function create(tx: Tx, settings: JobSettings, nextRunAt: number | null, change: Change): Saved<JobRecord> {
  check(tx, settings)
  const { userIds, roleIds, ...row } = settings
  const id = newId(change.now)
  tx.insert(jobs)
    .values({ id, ...row, nextRunAt, createdAt: change.now, updatedAt: change.now })
    .run()
  link(tx, id, { userIds, roleIds })
  const value = getJob(tx, id) as JobRecord
  writeAudit(tx, change, 'job.created', { kind: 'job', id, label: labelOf(value) }, {}, { ...value })
  return { kind: 'saved', value }
}

function update(
  tx: Tx,
  id: string,
  version: number,
  patch: Partial<JobSettings>,
  nextRunAt: number | null,
  change: Change,
): Saved<JobRecord> {
  const current = getJob(tx, id)
  if (!current || current.archivedAt !== null) return { kind: 'not_found' }
  if (current.version !== version) return { kind: 'version_conflict', current }
  check(tx, patch)
  const { userIds, roleIds, ...fields } = patch
  tx.update(jobs)
    .set({ ...fields, nextRunAt, updatedAt: change.now, version: version + 1 })
    .where(eq(jobs.id, id))
    .run()
  link(tx, id, { userIds, roleIds })
  const value = getJob(tx, id) as JobRecord
  writeAudit(
    tx,
    change,
    'job.updated',
    { kind: 'job', id, label: labelOf(value) },
    { ...current },
    { ...value },
  )
  return { kind: 'saved', value }
}

function archive(tx: Tx, id: string, change: Change): boolean {
  const current = getJob(tx, id)
  if (!current || current.archivedAt !== null) return false
  tx.update(jobs)
    .set({ archivedAt: change.now, nextRunAt: null, updatedAt: change.now, version: current.version + 1 })
    .where(eq(jobs.id, id))
    .run()
  writeAudit(tx, change, 'job.archived', { kind: 'job', id, label: labelOf(current) })
  return true
}

function check(tx: Tx, settings: Partial<JobSettings>): void {
  const { action } = settings
  if (
    action !== undefined &&
    !tx.select({ name: actions.name }).from(actions).where(eq(actions.name, action)).get()
  )
    throw new Refused('action', [action])
  checkAudience(tx, settings)
}

function link(
  tx: Tx,
  jobId: string,
  { userIds, roleIds }: { userIds: string[] | undefined; roleIds: string[] | undefined },
): void {
  setLinks(tx, jobUsers, jobUsers.jobId, { jobId }, 'userId', userIds)
  setLinks(tx, jobRoles, jobRoles.jobId, { jobId }, 'roleId', roleIds)
}

function list(db: Db, query: JobQuery) {
  const { nextRunAt, action, name, createdAt } = jobs
  return listPage(db, jobs, query, {
    where: and(...filters(query)),
    sorting: {
      columns: { nextRunAt, action, name, createdAt },
      default: 'createdAt',
      defaultOrder: 'desc',
      id: jobs.id,
    },
    present: (rows) =>
      inOrder(
        db,
        rows.map((row) => row.id),
      ),
  })
}

/** Jobs with all that is shown of them, in the order of their ids. */
function inOrder(db: Db, ids: string[]): JobRow[] {
  const found = new Map(rowsOf(db, records(db, inArray(jobs.id, ids))).map((row) => [row.id, row]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

function filters(query: JobQuery): (SQL | undefined)[] {
  return [
    query.archived ? isNotNull(jobs.archivedAt) : isNull(jobs.archivedAt),
    query.action ? eq(jobs.action, query.action) : undefined,
    query.enabled === undefined ? undefined : eq(jobs.enabled, query.enabled),
    query.q
      ? or(
          contains(jobs.name, query.q),
          contains(jobs.action, query.q),
          contains(jobs.cronExpression, query.q),
        )
      : undefined,
  ]
}

interface Shape {
  orderBy?: SQL[]
  limit?: number
}

function records(
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

/** Jobs with their people and their last twenty runs. */
function rowsOf(db: Db, list: JobRecord[]): JobRow[] {
  const shape = {
    id: runs.id,
    jobId: runs.jobId,
    state: runs.state,
    reason: runs.reason,
    scheduledFor: runs.scheduledFor,
    finishedAt: runs.finishedAt,
  }
  const latest = chunks(
    list.map((job) => job.id),
    50,
  ).flatMap((ids) =>
    ids.flatMap((id) =>
      db
        .select(shape)
        .from(runs)
        .where(eq(runs.jobId, id))
        .orderBy(desc(runs.scheduledFor), desc(runs.id))
        .limit(20)
        .all(),
    ),
  )
  const byJob = groupBy(latest, (run) => run.jobId)
  return list.map((job) => {
    const { total, unreachable } = countAudience(db, job)
    const lastRuns = (byJob.get(job.id) ?? []).map(({ jobId: _, ...run }) => run)
    return { ...job, recipientCount: total, unreachableCount: unreachable, lastRuns }
  })
}

const labelOf = (job: JobRecord) => job.name ?? `/${job.action}`
