import type { Run } from '@kamihi/contracts'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { newId } from '../../ids.ts'
import type { Change, JobRecord, ManualEnqueue, Occurrence, ScheduledEnqueue, Store } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Tx } from '../connection.ts'
import { getJob } from '../jobs.ts'
import { actions, jobs, runs } from '../schema.ts'
import { cancelRun, finishRun } from './finish.ts'
import { getRun, type RunRow } from './present.ts'

type Scheduled = Awaited<ReturnType<Store['runs']['enqueueScheduled']>>
type Manual = Awaited<ReturnType<Store['runs']['enqueueManual']>>

const openStates = ['queued', 'running', 'paused'] as const

/** Moves the job's cursor and writes the occurrences; whoever read an older cursor changes nothing. */
export function enqueueScheduled(tx: Tx, input: ScheduledEnqueue): Scheduled {
  const { jobId, expectedNextRunAt, nextRunAt, occurrences, now } = input
  const unmoved = and(eq(jobs.id, jobId), eq(jobs.nextRunAt, expectedNextRunAt), eq(jobs.enabled, true))
  if (tx.update(jobs).set({ nextRunAt }).where(unmoved).run().changes === 0) return { kind: 'lost' }
  const job = getJob(tx, jobId) as JobRecord
  const written = occurrences.flatMap((occurrence) => writeOccurrence(tx, job, occurrence, now) ?? [])
  return { kind: 'enqueued', runs: written }
}

function writeOccurrence(tx: Tx, job: JobRecord, occurrence: Occurrence, now: number): Run | null {
  const at = occurrence.kind === 'missed' ? occurrence.from : occurrence.scheduledFor
  const row = {
    ...newRow(tx, job, now),
    trigger: 'schedule' as const,
    scheduledFor: at,
    idempotencyKey: `${job.id}@${new Date(at).toISOString()}`,
  }
  switch (occurrence.kind) {
    case 'missed':
      return insert(tx, {
        ...row,
        ...skippedAt(now, 'missed', `${occurrence.count} missed`),
        missedFrom: occurrence.from,
        missedTo: occurrence.to,
        missedCount: occurrence.count,
      })
    case 'skipped':
      return insert(tx, {
        ...row,
        ...skippedAt(now, 'action_missing', `The action ${job.action} is not in the code.`),
      })
    case 'run':
      return insert(tx, { ...row, ...overlapRule(tx, job, now) })
  }
}

/** What the job's overlap policy says while another of its runs is open. */
function overlapRule(tx: Tx, job: JobRecord, now: number): Partial<typeof runs.$inferInsert> {
  const open = openRuns(tx, job.id)
  const blocking = open[0]
  if (!blocking || job.overlap === 'allow') return {}
  if (job.overlap === 'skip') return skippedAt(now, 'overlap', `Run ${blocking.id} had not ended.`)
  if (job.overlap === 'replace') for (const run of open) cancelRun(tx, run.id, now)
  // Only the newest one waits.
  if (job.overlap === 'queue') {
    for (const run of open
      .filter(({ state }) => state === 'queued')
      .slice(blocking.state === 'queued' ? 1 : 0)) {
      finishRun(tx, run.id, 'skipped', now, {
        reason: 'overlap',
        reasonDetail: 'A newer occurrence took its place in the queue.',
      })
    }
  }
  return {}
}

export const openRuns = (tx: Tx, jobId: string): RunRow[] =>
  tx
    .select()
    .from(runs)
    .where(and(eq(runs.jobId, jobId), inArray(runs.state, [...openStates])))
    .orderBy(asc(runs.createdAt), asc(runs.id))
    .all()

/** A run that somebody asked for; the same key gives the same run. */
export function enqueueManual(tx: Tx, input: ManualEnqueue, change: Change): Manual {
  const job = getJob(tx, input.jobId)
  if (!job || job.archivedAt !== null) return { kind: 'not_found' }
  const before = tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.jobId, job.id), eq(runs.idempotencyKey, input.idempotencyKey)))
    .get()
  if (before) return { kind: 'existing', run: getRun(tx, before.id) as Run }
  if (!job.actionLoaded) return { kind: 'action_missing' }
  const blocking = openRuns(tx, job.id)[0]
  if (blocking && (job.overlap === 'skip' || job.overlap === 'queue'))
    return { kind: 'overlap', blocking: getRun(tx, blocking.id) as Run }
  if (blocking && job.overlap === 'replace') cancelRun(tx, blocking.id, change.now)
  const asked = {
    args: input.args ?? job.args,
    onlyUserIds: input.onlyUserIds,
    dryRun: input.dryRun,
    requestedBy: change.actor.name,
  }
  const row = {
    ...newRow(tx, job, change.now),
    ...asked,
    trigger: 'manual' as const,
    scheduledFor: change.now,
    idempotencyKey: input.idempotencyKey,
  }
  const run = insert(tx, row) as Run
  writeAudit(
    tx,
    change,
    'job.run',
    { kind: 'job', id: job.id, label: job.name ?? `/${job.action}` },
    {},
    { runId: run.id, dryRun: input.dryRun },
  )
  return { kind: 'enqueued', run }
}

const skippedAt = (now: number, reason: RunRow['reason'], reasonDetail: string) => ({
  state: 'skipped' as const,
  reason,
  reasonDetail,
  finishedAt: now,
})

/** A run keeps the job as it is now. */
function newRow(tx: Tx, job: JobRecord, now: number) {
  const {
    id: jobId,
    nextRunAt: _n,
    actionLoaded: _l,
    actionState: _s,
    createdAt: _c,
    updatedAt: _u,
    archivedAt: _a,
    version: _v,
    ...settings
  } = job
  const idempotent =
    tx.select({ idempotent: actions.idempotent }).from(actions).where(eq(actions.name, job.action)).get()
      ?.idempotent ?? false
  return {
    id: newId(now),
    jobId,
    state: 'queued' as const,
    settings,
    action: job.action,
    args: job.args,
    perUser: job.perUser,
    idempotent,
    createdAt: now,
    deadlineAt: now + job.deadlineSeconds * 1000,
  }
}

/** Null when there is a row for this occurrence already. */
export function insert(tx: Tx, row: typeof runs.$inferInsert): Run | null {
  const inserted = tx.insert(runs).values(row).onConflictDoNothing().returning({ id: runs.id }).get()
  return inserted ? getRun(tx, inserted.id) : null
}
