import type { Run } from '@kamihi/contracts'
import { sql } from 'drizzle-orm'
import { newId } from '../../ids.ts'
import { isTerminalRun } from '../../states.ts'
import type { Change, Store } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Tx } from '../connection.ts'
import { deliveries } from '../schema.ts'
import { insert } from './enqueue.ts'
import { recount } from './finish.ts'
import { getRun, rowOf } from './present.ts'

type Retried = Awaited<ReturnType<Store['runs']['enqueueRetry']>>

const unsuccessful = sql`state in ('failed','unreachable','cancelled','expired','uncertain')`

/** A new run of only those deliveries that did not succeed; what the action returned for them is sent again, the action does not run again. */
export function enqueueRetry(tx: Tx, runId: string, change: Change): Retried {
  const past = rowOf(tx, runId)
  if (!past) return { kind: 'not_found' }
  if (!isTerminalRun(past.state)) return { kind: 'not_finished' }
  const left =
    tx.get<{ n: number }>(
      sql`select count(*) as n from ${deliveries} where run_id = ${runId} and ${unsuccessful}`,
    )?.n ?? 0
  if (left === 0) return { kind: 'nothing_to_retry' }
  const id = newId(change.now)
  const { settings, action, args, perUser, idempotent, jobId, output, dryRun } = past
  const copied = {
    settings,
    action,
    args,
    perUser,
    idempotent,
    jobId,
    output,
    dryRun,
    audienceWrittenAt: change.now,
  }
  const deadlineAt = change.now + settings.deadlineSeconds * 1000
  const fresh = {
    id,
    trigger: 'retry' as const,
    scheduledFor: change.now,
    idempotencyKey: `retry-${id}`,
    state: 'queued' as const,
    retryOf: runId,
    requestedBy: change.actor.name,
    createdAt: change.now,
    deadlineAt,
  }
  insert(tx, { ...copied, ...fresh })
  copyDeliveries(tx, runId, id, output !== null)
  recount(tx, id)
  writeAudit(
    tx,
    change,
    'run.retried',
    { kind: 'run', id: runId, label: action },
    {},
    { runId: id, deliveries: left },
  )
  return { kind: 'enqueued', run: getRun(tx, id) as Run }
}

/** The part that was being sent is sent again; parts that arrived are not. */
function copyDeliveries(tx: Tx, from: string, to: string, shared: boolean): void {
  const stored = shared ? sql`1` : sql`has_output`
  tx.run(sql`
    insert into ${deliveries} (id, run_id, user_id, user_name, telegram_id, chat_id, state, attempts, output, has_output, next_part, possibly_duplicated)
    select ${to} || substr(id, ${from.length + 1}), ${to}, user_id, user_name, telegram_id, chat_id,
      case when ${stored} then 'acted' else 'pending' end, 0, output, ${stored}, next_part, 0
    from ${deliveries} where run_id = ${from} and ${unsuccessful}`)
}
