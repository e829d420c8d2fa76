import type { Run } from '@kamihi/contracts'
import { and, eq } from 'drizzle-orm'
import { admitRequest, policyOf } from '../../overlap.ts'
import type { Change, JobRecord, ManualEnqueue, Store } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Tx } from '../connection.ts'
import { auditObject, getJob } from '../jobs/records.ts'
import { runs } from '../schema.ts'
import { makeRoom, openRunsOf } from './overlap.ts'
import { getRun } from './present.ts'
import { insertRun, isIdempotent, type NewRun, newRun } from './rows.ts'
import { isSameRequest } from './sameRequest.ts'
import { closedSlot } from './slot.ts'

type Manual = Awaited<ReturnType<Store['runs']['enqueueManual']>>

/** A run that somebody asked for; the same key gives the same run, and no other. */
export function enqueueManual(tx: Tx, asked: ManualEnqueue, change: Change): Manual {
  const input = { ...asked, idempotencyKey: keyOf(asked) }
  const job = getJob(tx, input.jobId)
  if (!job || job.archivedAt !== null) return { kind: 'not_found' }
  const before = runOfKey(tx, input)
  if (before) {
    const kind = isSameRequest(before, input, job) ? 'existing' : 'key_reused'
    return { kind, run: getRun(tx, before.id) as Run }
  }
  if (!job.actionLoaded) return { kind: 'action_missing' }
  const closed = closedSlot(tx, job, input, change.now)
  if (closed) return closed
  const decision = admitRequest(
    job.overlap,
    input.onOverlap ?? null,
    openRunsOf(tx, [job.id]).get(job.id) ?? [],
  )
  if (decision.kind === 'blocked') return { kind: 'overlap', blocking: getRun(tx, decision.blocking) as Run }
  const replaced = makeRoom(tx, decision, change.now)
  const run = insertRun(tx, rowOf(tx, job, input, change), job.name) as Run
  const slot = input.scheduledFor == null ? {} : { scheduledFor: run.scheduledFor }
  writeAudit(tx, change, 'job.run', auditObject(job), {}, { runId: run.id, dryRun: input.dryRun, ...slot })
  return { kind: 'enqueued', run, replaced }
}

/** Under the key of an occurrence there is that occurrence alone: whoever gives such a key must not take its place. */
const keyOf = ({ jobId, idempotencyKey }: ManualEnqueue): string =>
  idempotencyKey.startsWith(`${jobId}@`) ? `asked:${idempotencyKey}` : idempotencyKey

const runOfKey = (tx: Tx, { jobId, idempotencyKey }: ManualEnqueue) =>
  tx
    .select({
      id: runs.id,
      args: runs.args,
      onlyUserIds: runs.onlyUserIds,
      dryRun: runs.dryRun,
      createdAt: runs.createdAt,
      scheduledFor: runs.scheduledFor,
    })
    .from(runs)
    .where(and(eq(runs.jobId, jobId), eq(runs.idempotencyKey, idempotencyKey)))
    .get()

function rowOf(tx: Tx, job: JobRecord, input: ManualEnqueue, change: Change): NewRun {
  const row = newRun(job, isIdempotent(tx, job.action), change.now)
  return {
    ...row,
    settings: { ...row.settings, overlap: policyOf(job.overlap, input.onOverlap ?? null) },
    args: input.args ?? job.args,
    onlyUserIds: input.onlyUserIds,
    dryRun: input.dryRun,
    requestedBy: change.actor.name,
    trigger: 'manual',
    scheduledFor: input.scheduledFor ?? change.now,
    idempotencyKey: input.idempotencyKey,
  }
}
