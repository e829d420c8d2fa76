import type { Run } from '@kamihi/contracts'
import { newId } from '../../ids.ts'
import { admitRequest } from '../../overlap.ts'
import { isTerminalRun } from '../../states.ts'
import type { Change, Store } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Tx } from '../connection.ts'
import { recount } from './finish.ts'
import { makeRoom, openRunsOf } from './overlap.ts'
import { getRun, type RunRow, rowOf } from './present.ts'
import { copyUnreached, countUnreached, familyOf, sharedOutput } from './retryFamily.ts'
import { insertRun, type NewRun } from './rows.ts'

type Retried = Awaited<ReturnType<Store['runs']['enqueueRetry']>>

/** A new run for those whom neither the run nor a retry of it has reached; what the action returned for them is sent again, the action does not run again. */
export function enqueueRetry(tx: Tx, runId: string, change: Change): Retried {
  const past = rowOf(tx, runId)
  if (!past) return { kind: 'not_found' }
  if (!isTerminalRun(past.state)) return { kind: 'not_finished' }
  const family = familyOf(tx, past)
  if (countUnreached(tx, past, family) === 0) return { kind: 'nothing_to_retry' }
  const open = openRunsOf(tx, [past.jobId]).get(past.jobId) ?? []
  const decision = admitRequest(past.settings.overlap, null, open)
  if (decision.kind === 'blocked') return { kind: 'overlap', blocking: getRun(tx, decision.blocking) as Run }
  const replaced = makeRoom(tx, decision, change.now)
  const row = retryRow(past, past.perUser ? null : sharedOutput(tx, family), change)
  insertRun(tx, row, null)
  // With those of a retry that has just given way: nobody else would reach them.
  const people = copyUnreached(tx, past, family, row)
  recount(tx, row.id)
  const object = { kind: 'run', id: runId, label: past.action } as const
  writeAudit(tx, change, 'run.retried', object, {}, { runId: row.id, deliveries: people })
  return { kind: 'enqueued', run: getRun(tx, row.id) as Run, replaced }
}

/** A retry keeps the job as it was for the run that it retries. */
function retryRow(past: RunRow, output: RunRow['output'], { actor, now }: Change): NewRun {
  const { settings, action, args, perUser, idempotent, jobId, dryRun } = past
  const id = newId(now)
  return {
    id,
    jobId,
    settings,
    action,
    args,
    perUser,
    idempotent,
    dryRun,
    output,
    trigger: 'retry',
    state: 'queued',
    retryOf: past.id,
    requestedBy: actor.name,
    scheduledFor: now,
    idempotencyKey: `retry-${id}`,
    createdAt: now,
    audienceWrittenAt: now,
    deadlineAt: now + settings.deadlineSeconds * 1000,
  }
}
