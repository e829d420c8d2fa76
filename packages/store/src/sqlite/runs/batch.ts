import type { Run } from '@kamihi/contracts'
import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { OpenRun } from '../../overlap.ts'
import type { JobSkip, ScheduledEnqueue } from '../../scheduling.ts'
import type { JobRecord } from '../../store.ts'
import type { Db, Tx } from '../connection.ts'
import { given } from '../given.ts'
import { live } from '../jobs/records.ts'
import { skipsOf } from '../jobs/skips.ts'
import { actions, jobRoles, jobs, jobUsers, runs } from '../schema.ts'
import { openRunsOf } from './overlap.ts'
import { presentRun, type RunRow } from './present.ts'
import { type OccurrenceRow, writePlaced } from './rows.ts'

/** What is known of the jobs of a batch: read once for all of them. */
export interface Batch {
  jobs: ReadonlyMap<string, JobRecord & { isIdempotent: boolean }>
  open: ReadonlyMap<string, OpenRun[]>
  skips: ReadonlyMap<string, JobSkip[]>
}

/** Statements of a tick, prepared once: for ten thousand jobs that are due at once, building them anew would cost more than all else. */
export function prepareBatch(db: Db) {
  const move = db
    .update(jobs)
    .set({ nextRunAt: given('to') })
    .where(and(eq(jobs.id, sql.placeholder('id')), eq(jobs.nextRunAt, sql.placeholder('from')), live))
    .prepare()
  const records = selectRecords(db)
  const insert = prepareInsert(db)

  return {
    /** Moves the cursor; false when it has moved, or the job is not to run any more. */
    move: ({ jobId, expectedNextRunAt, nextRunAt }: ScheduledEnqueue): boolean =>
      move.run({ id: jobId, from: expectedNextRunAt, to: nextRunAt }).changes > 0,
    read(tx: Tx, ids: string[]): Batch {
      const list = records.all({ ids: JSON.stringify(ids) }).map(recordOf)
      const overlapping = list.filter(({ overlap }) => overlap !== 'allow').map(({ id }) => id)
      return {
        jobs: new Map(list.map((job) => [job.id, job])),
        open: openRunsOf(tx, overlapping),
        skips: skipsOf(tx, ids),
      }
    },
    /** Writes a row, unless there is one for its occurrence already. */
    insert(row: OccurrenceRow, jobName: string | null): Run | null {
      const written = writePlaced(row, insert)
      return written && presentRun({ ...untouched, ...written }, jobName)
    },
  }
}

/** Jobs with their people and what is kept of their action, in one statement. */
function selectRecords(db: Db) {
  const linked = (name: string, table: string) =>
    sql<string>`(select json_group_array(${sql.raw(name)}) from ${sql.raw(table)} where job_id = jobs.id)`
  return db
    .select({
      ...getTableColumns(jobs),
      userIds: linked(jobUsers.userId.name, 'job_users'),
      roleIds: linked(jobRoles.roleId.name, 'job_roles'),
      actionState: actions.state,
      isIdempotent: actions.idempotent,
    })
    .from(jobs)
    .innerJoin(actions, eq(actions.name, jobs.action))
    .where(sql`${jobs.id} in (select value from json_each(${sql.placeholder('ids')}))`)
    .prepare()
}

const recordOf = (row: ReturnType<ReturnType<typeof selectRecords>['all']>[number]) => ({
  ...row,
  userIds: (JSON.parse(row.userIds) as string[]).sort(),
  roleIds: (JSON.parse(row.roleIds) as string[]).sort(),
  actionLoaded: row.actionState === 'loaded',
})

function prepareInsert(db: Db) {
  const insert = db
    .insert(runs)
    .values({
      id: given('id'),
      jobId: given('jobId'),
      trigger: 'schedule',
      scheduledFor: given('scheduledFor'),
      idempotencyKey: given('idempotencyKey'),
      state: given('state'),
      reason: given('reason'),
      reasonDetail: given('reasonDetail'),
      cause: given('cause'),
      missedFrom: given('missedFrom'),
      missedTo: given('missedTo'),
      missedCount: given('missedCount'),
      settings: given('settings'),
      action: given('action'),
      args: given('args'),
      perUser: given('perUser'),
      idempotent: given('idempotent'),
      notice: given('notice'),
      cancelRequestedAt: given('cancelRequestedAt'),
      createdAt: given('createdAt'),
      finishedAt: given('finishedAt'),
      deadlineAt: given('deadlineAt'),
    })
    .onConflictDoNothing()
    .prepare()
  return (row: OccurrenceRow): boolean =>
    insert.run({
      ...row,
      settings: JSON.stringify(row.settings),
      args: JSON.stringify(row.args),
      cause: row.cause ? JSON.stringify(row.cause) : null,
      perUser: Number(row.perUser),
      idempotent: Number(row.idempotent),
    }).changes > 0
}

/** What is in a row that nobody has worked on. */
const untouched: Omit<RunRow, keyof OccurrenceRow> = {
  dryRun: false,
  onlyUserIds: null,
  requestedBy: null,
  retryOf: null,
  output: null,
  actionStartedAt: null,
  audienceWrittenAt: null,
  leaseWorker: null,
  leaseUntil: null,
  total: 0,
  sent: 0,
  noOutput: 0,
  failed: 0,
  unreachable: 0,
  cancelled: 0,
  expired: 0,
  uncertain: 0,
  inProgress: 0,
  error: null,
  pausedBy: null,
  pauseReason: null,
  trial: null,
  startedAt: null,
}
