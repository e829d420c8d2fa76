import type { JobSettings, Run } from '@kamihi/contracts'
import { eq } from 'drizzle-orm'
import { newId } from '../../ids.ts'
import type { Occurrence, PassedOccurrences } from '../../scheduling.ts'
import type { JobRecord } from '../../store.ts'
import type { Db, Tx } from '../connection.ts'
import { actions, runs } from '../schema.ts'
import { becauseOf, type SkipCause } from './because.ts'
import { presentRun, type RunRow } from './present.ts'

export type NewRun = typeof runs.$inferInsert

/** What a row of an occurrence may say; all else of a run comes when somebody works on it. */
export type OccurrenceRow = Pick<
  RunRow,
  | 'id'
  | 'jobId'
  | 'trigger'
  | 'scheduledFor'
  | 'idempotencyKey'
  | 'state'
  | 'reason'
  | 'reasonDetail'
  | 'cause'
  | 'missedFrom'
  | 'missedTo'
  | 'missedCount'
  | 'settings'
  | 'action'
  | 'args'
  | 'perUser'
  | 'idempotent'
  | 'notice'
  | 'cancelRequestedAt'
  | 'createdAt'
  | 'finishedAt'
  | 'deadlineAt'
>

/** Whether an action may run again after it was interrupted; kept with its runs. */
export const isIdempotent = (db: Db | Tx, action: string): boolean =>
  db.select({ idempotent: actions.idempotent }).from(actions).where(eq(actions.name, action)).get()
    ?.idempotent ?? false

/** A run keeps the job as it is now. */
export function newRun(job: JobRecord, idempotent: boolean, now: number) {
  return {
    id: newId(now),
    jobId: job.id,
    state: 'queued' as const,
    settings: settingsOf(job),
    action: job.action,
    args: job.args,
    perUser: job.perUser,
    idempotent,
    createdAt: now,
    deadlineAt: now + job.deadlineSeconds * 1000,
  }
}

function settingsOf(job: JobRecord): JobSettings {
  const {
    id: _i,
    nextRunAt: _n,
    pausedAt: _p,
    pausedBy: _b,
    pauseReason: _r,
    actionLoaded: _l,
    actionState: _s,
    createdAt: _c,
    updatedAt: _u,
    archivedAt: _a,
    version: _v,
    ...settings
  } = job
  return settings
}

/** The row of an occurrence; one that is to run is not decided upon yet. */
export function occurrenceRow(
  job: JobRecord,
  occurrence: Occurrence,
  idempotent: boolean,
  now: number,
): OccurrenceRow {
  const at = 'from' in occurrence ? occurrence.from : occurrence.scheduledFor
  return {
    ...newRun(job, idempotent, now),
    trigger: 'schedule',
    ...placeAt(job.id, at),
    ...nothingYet,
    ...endOf(job, occurrence, now),
  }
}

/** What makes an occurrence one and the same. */
const placeAt = (jobId: string, scheduledFor: number) => ({
  scheduledFor,
  idempotencyKey: `${jobId}@${new Date(scheduledFor).toISOString()}`,
})

/**
 * Writes a row, unless there is one for its occurrence already; gives it as it was written. When the clock went back, the first of a
 * stretch may have its own row: the stretch is then placed a millisecond later, so that the others of it are not lost.
 */
export function writePlaced<R extends NewRun>(row: R, write: (row: R) => boolean): R | null {
  const last = row.missedTo ?? row.scheduledFor
  for (let at = row.scheduledFor; at <= last; at += 1) {
    const placed = at === row.scheduledFor ? row : { ...row, ...placeAt(row.jobId, at) }
    if (write(placed)) return placed
  }
  return null
}

const nothingYet = {
  reason: null,
  reasonDetail: null,
  cause: null,
  missedFrom: null,
  missedTo: null,
  missedCount: null,
  notice: null,
  cancelRequestedAt: null,
  finishedAt: null,
}

/** How an occurrence ends as it is written. */
function endOf(job: JobRecord, occurrence: Occurrence, now: number): Partial<OccurrenceRow> {
  switch (occurrence.kind) {
    case 'run':
      return {}
    case 'skipped':
      return skippedAt(now, { kind: 'action_missing', action: job.action })
    case 'missed':
      return { ...stretchOf(occurrence, { kind: 'missed', count: occurrence.count }, now), notice: 'due' }
    case 'paused':
      return stretchOf(occurrence, pauseOf(occurrence), now)
  }
}

const stretchOf = ({ from, to, count }: PassedOccurrences, cause: SkipCause, now: number) => ({
  ...skippedAt(now, cause),
  missedFrom: from,
  missedTo: to,
  missedCount: count,
})

const pauseOf = ({ scope, by, reason }: Extract<PassedOccurrences, { kind: 'paused' }>): SkipCause => ({
  kind: 'paused',
  scope,
  by,
  reason,
})

/** Ended as it is written. */
export const skippedAt = (now: number, cause: SkipCause) => ({
  state: 'skipped' as const,
  ...becauseOf(cause),
  finishedAt: now,
})

/** Writes a row, unless there is one for its occurrence or its key already. */
export function insertRun(tx: Tx, row: NewRun, jobName: string | null): Run | null {
  const written = tx.insert(runs).values(row).onConflictDoNothing().returning().get()
  return written ? presentRun(written, jobName) : null
}
