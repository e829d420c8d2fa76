import type { Run } from '@kamihi/contracts'
import { eq } from 'drizzle-orm'
import { newId } from '../../ids.ts'
import { admitRequest } from '../../overlap.ts'
import { isTerminalDelivery, isTerminalRun } from '../../states.ts'
import type { Change, Store } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Tx } from '../connection.ts'
import { auditedDelivery } from '../deliveries/audited.ts'
import { deliveries } from '../schema.ts'
import { recount } from './finish.ts'
import { makeRoom, openRunsOf } from './overlap.ts'
import { getRun, type RunRow, rowOf } from './present.ts'
import {
  copyTries,
  countOf,
  familyOf,
  lastTryOf,
  sharedOutput,
  type Tries,
  unreached,
} from './retryFamily.ts'
import { insertRun, type NewRun } from './rows.ts'

type Retried = Awaited<ReturnType<Store['runs']['enqueueRetry']>>
type RetriedOne = Awaited<ReturnType<Store['deliveries']['retry']>>
type Begun = { kind: 'enqueued'; run: Run; replaced: Run[] } | { kind: 'overlap'; blocking: Run }

/** A new run for those, or for some of those, whom neither the run nor a retry of it has reached; what the action returned for them is sent again, the action does not run again. */
export function enqueueRetry(tx: Tx, runId: string, change: Change, only?: readonly string[]): Retried {
  const past = rowOf(tx, runId)
  if (!past) return { kind: 'not_found' }
  if (!isTerminalRun(past.state)) return { kind: 'not_finished' }
  const family = familyOf(tx, past)
  const tries = unreached(past, family, only)
  if (countOf(tx, tries) === 0) return { kind: 'nothing_to_retry' }
  const begun = begin(tx, past, tries, past.perUser ? null : sharedOutput(tx, family), change)
  if (begun.kind === 'overlap') return begun
  const after = { runId: begun.run.id, deliveries: begun.run.counts.total }
  writeAudit(tx, change, 'run.retried', { kind: 'run', id: runId, label: past.action }, {}, after)
  return begun
}

/** The same for one person alone. Where the action had nothing for them it runs once more: there is nothing to send. */
export function retryDelivery(tx: Tx, id: string, change: Change): RetriedOne {
  const { runId, userId, userName, telegramId } = deliveries
  const columns = { runId, userId, userName, telegramId }
  const delivery = tx.select(columns).from(deliveries).where(eq(deliveries.id, id)).get()
  const past = delivery && rowOf(tx, delivery.runId)
  if (!past) return { kind: 'not_found' }
  const family = familyOf(tx, past)
  const last = lastTryOf(tx, family, delivery.userId)
  if (!isTerminalDelivery(last.state)) return { kind: 'under_way', runId: last.runId }
  if (last.state === 'sent') return { kind: 'arrived', runId: last.runId }
  if (!isTerminalRun(past.state)) return { kind: 'not_finished' }
  const output = past.perUser || last.state === 'no_output' ? null : sharedOutput(tx, family)
  const begun = begin(tx, past, last.again, output, change)
  if (begun.kind === 'overlap') return begun
  writeAudit(
    tx,
    change,
    'delivery.retried',
    auditedDelivery({ ...delivery, id }),
    {},
    { runId: begun.run.id },
  )
  return begun
}

function begin(tx: Tx, past: RunRow, tries: Tries, output: RunRow['output'], change: Change): Begun {
  const open = openRunsOf(tx, [past.jobId]).get(past.jobId) ?? []
  const decision = admitRequest(past.settings.overlap, null, open)
  if (decision.kind === 'blocked') return { kind: 'overlap', blocking: getRun(tx, decision.blocking) as Run }
  const replaced = makeRoom(tx, decision, change.now)
  const row = retryRow(past, output, change)
  insertRun(tx, row, null)
  // With those of a retry that has just given way: nobody else would reach them.
  copyTries(tx, past, tries, row)
  recount(tx, row.id)
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
