import type { JobQuery, JobSettings } from '@kamihi/contracts'
import { and, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { EditEffects, PassedOccurrences } from '../scheduling.ts'
import type { Change, JobRecord, JobRow, Saved, Store } from '../store.ts'
import { countAudience, describeAudience } from './audience.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, read, type Tx, write } from './connection.ts'
import { orDuplicate, Refused } from './edit.ts'
import { historyOfJobs } from './history/ofJobs.ts'
import { prepareDue, prepareReschedule } from './jobs/due.ts'
import { pauseJob, resumeJob, writePassed } from './jobs/pause.ts'
import { auditObject, getJob, live, records } from './jobs/records.ts'
import { dropSkips, skip, skipsOf, unskip } from './jobs/skips.ts'
import { checkAudience, setLinks } from './links.ts'
import { contains } from './listing.ts'
import { listPage } from './listPage.ts'
import { actions, jobRoles, jobs, jobUsers } from './schema.ts'

/** Jobs: what runs by itself. A removed one is archived, its history stays. */
export function createJobs(db: Db): Store['jobs'] {
  const due = prepareDue(db)
  const reschedule = prepareReschedule(db)
  return {
    create: (input, nextRunAt, change) =>
      orDuplicate('id', () => write(db, (tx) => create(tx, input, nextRunAt, change))),
    update: (id, version, patch, nextRunAt, change, effects) =>
      orDuplicate('id', () => write(db, (tx) => update(tx, id, version, patch, nextRunAt, change, effects))),
    archive: (id, change, effects) => write(db, (tx) => archive(tx, id, change, effects)),
    pause: (id, input, change) => write(db, (tx) => pauseJob(tx, id, input, change)),
    resume: (id, placement, change) => write(db, (tx) => resumeJob(tx, id, placement, change)),
    skip: (id, input, change) => write(db, (tx) => skip(tx, id, input, change)),
    unskip: (id, scheduledFor, change) => write(db, (tx) => unskip(tx, id, scheduledFor, change)),
    skips: (id) => read(() => skipsOf(db, [id]).get(id) ?? []),
    get: (id) => read(() => getJob(db, id)),
    getRow: (id) => read(() => rowsOf(db, records(db, eq(jobs.id, id)))[0] ?? null),
    list: (query) => read(() => list(db, query)),
    listDue: (now, limit) => read(() => due.list(now, limit)),
    earliestDue: () => read(() => due.earliest()),
    listToReschedule: () =>
      read(() => {
        const { id, version, nextRunAt, cronExpression, timezone } = jobs
        const without = or(isNull(jobs.nextRunAt), isNull(jobs.timezone))
        return db
          .select({ id, version, nextRunAt, cronExpression, timezone })
          .from(jobs)
          .where(and(live, without))
          .all()
      }),
    rescheduleMany: (moves) =>
      write(db, () => {
        for (const { id, version, nextRunAt } of moves) reschedule(id, version, nextRunAt)
      }),
    reschedule: (id, version, nextRunAt) => write(db, () => reschedule(id, version, nextRunAt)),
    recipients: (target) => read(() => describeAudience(db, target)),
  }
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
  writeAudit(tx, change, 'job.created', auditObject(value), {}, { ...value })
  return { kind: 'saved', value }
}

function update(
  tx: Tx,
  id: string,
  version: number,
  patch: Partial<JobSettings>,
  nextRunAt: number | null | undefined,
  change: Change,
  { passed = [], keptSkips }: EditEffects = {},
): Saved<JobRecord> {
  const current = getJob(tx, id)
  if (!current || current.archivedAt !== null) return { kind: 'not_found' }
  if (current.version !== version) return { kind: 'version_conflict', current }
  check(tx, patch)
  leave(tx, current, passed, change.now)
  // Where the cursor stays, what is due is still due, and to be left out.
  if (nextRunAt !== undefined) dropSkips(tx, id, change.now, keptSkips)
  const { userIds, roleIds, ...fields } = patch
  tx.update(jobs)
    .set({
      ...fields,
      ...(nextRunAt === undefined ? {} : { nextRunAt }),
      updatedAt: change.now,
      version: version + 1,
    })
    .where(eq(jobs.id, id))
    .run()
  link(tx, id, { userIds, roleIds })
  const value = getJob(tx, id) as JobRecord
  writeAudit(tx, change, 'job.updated', auditObject(value), { ...current }, { ...value })
  return { kind: 'saved', value }
}

function archive(
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

/** What was due and is passed over, unless a tick was first and has written it. */
function leave(tx: Tx, job: JobRecord, passed: PassedOccurrences[], now: number): void {
  if (passed[0]?.from === job.nextRunAt) writePassed(tx, job, passed, now)
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

/** Jobs with their people, their last runs and how those went. */
function rowsOf(db: Db, list: JobRecord[]): JobRow[] {
  const ids = list.map((job) => job.id)
  const skips = skipsOf(db, ids)
  const historyOf = historyOfJobs(db, ids)
  return list.map((job) => {
    const { total, unreachable } = countAudience(db, job)
    return {
      ...job,
      skips: skips.get(job.id) ?? [],
      recipientCount: total,
      unreachableCount: unreachable,
      ...historyOf(job.id),
    }
  })
}
