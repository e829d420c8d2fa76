import type { JobQuery, JobSettings } from '@kamihi/contracts'
import { and, eq, isNull, or } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { JobListFacts } from '../jobStore.ts'
import type { EditEffects } from '../scheduling.ts'
import type { Change, JobRecord, Saved, Store } from '../store.ts'
import { describeAudience } from './audience.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, read, type Tx, write } from './connection.ts'
import { orDuplicate, Refused } from './edit.ts'
import { archive, leave, restore } from './jobs/archive.ts'
import { prepareDue, prepareReschedule } from './jobs/due.ts'
import { pauseJob, resumeJob } from './jobs/pause.ts'
import { auditObject, getJob, live } from './jobs/records.ts'
import { prepareJobRows } from './jobs/rows.ts'
import { dropSkips, skip, skipsOf, unskip } from './jobs/skips.ts'
import { timesOfJobs } from './jobs/times.ts'
import { checkAudience, setLinks } from './links.ts'
import { idsWhere, listPage } from './listPage.ts'
import { jobSorting, jobsWhere } from './lists/jobs.ts'
import { actions, jobRoles, jobs, jobUsers } from './schema.ts'

/** For who asks neither what is late nor which zone a job has. */
const noFacts: JobListFacts = { now: 0, timezone: '' }

/** Jobs: what runs by itself. A removed one is archived, its history stays. */
export function createJobs(db: Db): Store['jobs'] {
  const due = prepareDue(db)
  const present = prepareJobRows(db)
  const reschedule = prepareReschedule(db)
  return {
    create: (input, nextRunAt, change) =>
      orDuplicate('id', () => write(db, (tx) => create(tx, input, nextRunAt, change))),
    update: (id, version, patch, nextRunAt, change, effects) =>
      orDuplicate('id', () => write(db, (tx) => update(tx, id, version, patch, nextRunAt, change, effects))),
    archive: (id, change, effects) => write(db, (tx) => archive(tx, id, change, effects)),
    restore: (id, version, nextRunAt, change) =>
      write(db, (tx) => restore(tx, id, version, nextRunAt, change)),
    pause: (id, input, change) => write(db, (tx) => pauseJob(tx, id, input, change)),
    resume: (id, placement, change) => write(db, (tx) => resumeJob(tx, id, placement, change)),
    skip: (id, input, change) => write(db, (tx) => skip(tx, id, input, change)),
    unskip: (id, scheduledFor, change) => write(db, (tx) => unskip(tx, id, scheduledFor, change)),
    skips: (id) => read(() => skipsOf(db, [id]).get(id) ?? []),
    get: (id) => read(() => getJob(db, id)),
    getRow: (id) => read(() => present(db.select().from(jobs).where(eq(jobs.id, id)).all())[0] ?? null),
    list: (query, facts = noFacts) => read(() => list(db, present, query, facts)),
    matching: (query, limit, facts) =>
      read(() => idsWhere(db, jobs, jobs.id, { where: jobsWhere(query, facts), limit })),
    listDue: (now, limit) => read(() => due.list(now, limit)),
    earliestDue: () => read(() => due.earliest()),
    listToReschedule: () =>
      read(() => {
        const { id, version, nextRunAt } = jobs
        const without = or(isNull(jobs.nextRunAt), isNull(jobs.timezone))
        return db
          .select({ id, version, nextRunAt, ...timesOfJobs })
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

const list = (db: Db, present: ReturnType<typeof prepareJobRows>, query: JobQuery, facts: JobListFacts) =>
  listPage(db, jobs, withFacts(query, facts), {
    sorting: jobSorting,
    where: ({ facts = noFacts, ...asked }) => jobsWhere(asked, facts),
    present,
  })

/** Only where they matter: what is given with each page that is asked for decides whether its statements can be used again. */
const withFacts = (query: JobQuery, facts: JobListFacts): JobQuery & { facts?: JobListFacts } =>
  query.attention === undefined && query.timezone === undefined ? query : { ...query, facts }
