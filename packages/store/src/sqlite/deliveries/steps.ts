import type { DeliveryState, Failure } from '@kamihi/contracts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { deliveryOrigins } from '../../states.ts'
import type { DeliveryStep, StepResult } from '../../store.ts'
import type { Tx } from '../connection.ts'
import { closeIfDone } from '../runs/finish.ts'
import { getRun } from '../runs/present.ts'
import { deliveries, parts, runs, users } from '../schema.ts'

type Row = typeof deliveries.$inferSelect
type Fields = Partial<typeof deliveries.$inferInsert>

/** Counter of the run that a state is counted in. */
const counters = {
  acting: 'inProgress',
  sending: 'inProgress',
  sent: 'sent',
  no_output: 'noOutput',
  failed: 'failed',
  unreachable: 'unreachable',
  cancelled: 'cancelled',
  expired: 'expired',
  uncertain: 'uncertain',
} as const satisfies Partial<Record<DeliveryState, keyof typeof runs.$inferInsert>>

/** Applies steps in order, then tells how each run stands. */
export function applySteps(tx: Tx, steps: DeliveryStep[], now: number): StepResult[] {
  const applied = steps.map((step) => applyStep(tx, step, now))
  const touched = new Set(applied.filter((row) => row !== null).map((row) => row.runId))
  for (const runId of touched) closeIfDone(tx, runId, now)
  const standing = new Map([...touched].map((runId) => [runId, getRun(tx, runId)]))
  return applied.map((row) => ({
    accepted: row !== null,
    run: row ? (standing.get(row.runId) ?? null) : null,
  }))
}

/** The delivery before the step, or null when the step was refused. */
function applyStep(tx: Tx, step: DeliveryStep, now: number): Row | null {
  const row = tx
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.id, step.id), eq(deliveries.leaseWorker, step.worker)))
    .get()
  if (!row) return null
  if (step.kind === 'part_sent') return partSent(tx, row, step, now)
  const [to, fields] = target(step, row, now)
  if (to !== row.state && !deliveryOrigins(to).includes(row.state)) return null
  move(tx, row, to, fields)
  if (step.kind === 'sending') partBegun(tx, row, step.part)
  if (step.kind === 'unreachable') flag(tx, row, step.reachability, now)
  return row
}

function target(
  step: Exclude<DeliveryStep, { kind: 'part_sent' }>,
  row: Row,
  now: number,
): [DeliveryState, Fields] {
  const done = { finishedAt: now, leaseWorker: null, leaseUntil: null, nextAttemptAt: null }
  const started = { startedAt: row.startedAt ?? now }
  // The try that settles it counts too; calling the action has been counted when it began.
  const tried = { attempts: row.attempts + (row.state === 'sending' ? 1 : 0) }
  switch (step.kind) {
    case 'acting':
      return ['acting', { ...started, attempts: row.attempts + 1 }]
    case 'acted':
      return ['acted', { output: step.output, hasOutput: true, attempts: 0 }]
    case 'sending':
      return ['sending', { ...started, nextPart: step.part, nextAttemptAt: null }]
    case 'sent':
      return ['sent', { ...done, ...tried, error: null }]
    case 'no_output':
      return ['no_output', done]
    case 'retry':
      return ['retrying', { ...retryFields(step, row), leaseWorker: null, leaseUntil: null }]
    case 'failed':
    case 'uncertain':
    case 'unreachable':
      return [step.kind, { ...done, ...tried, error: step.failure }]
    case 'expired':
    case 'cancelled':
      return [step.kind, done]
    case 'released':
      return [row.state, { leaseWorker: null, leaseUntil: null }]
  }
}

function retryFields(
  step: { at: number; failure: Failure; countsAsAttempt: boolean; possiblyDuplicated: boolean },
  row: Row,
): Fields {
  // Calling the action has counted its attempt already.
  const attempts = row.attempts + (step.countsAsAttempt && row.state !== 'acting' ? 1 : 0)
  return {
    nextAttemptAt: step.at,
    error: step.failure,
    attempts,
    possiblyDuplicated: row.possiblyDuplicated || step.possiblyDuplicated,
  }
}

/** Moves a delivery and the counters of its run with it. */
export function move(tx: Tx, row: Row, to: DeliveryState, fields: Fields): void {
  tx.update(deliveries)
    .set({ ...fields, state: to })
    .where(eq(deliveries.id, row.id))
    .run()
  if (to === row.state) return
  const from = row.state in counters ? counters[row.state as keyof typeof counters] : null
  const into = to in counters ? counters[to as keyof typeof counters] : null
  if (from === into) return
  const set = {
    ...(from ? { [from]: sql`${runs[from]} - 1` } : {}),
    ...(into ? { [into]: sql`${runs[into]} + 1` } : {}),
  }
  if (Object.keys(set).length > 0) tx.update(runs).set(set).where(eq(runs.id, row.runId)).run()
}

function partBegun(tx: Tx, row: Row, idx: number): void {
  const part = { deliveryId: row.id, idx, state: 'sending' as const }
  // Begun before and not known to have arrived: it may be there twice.
  tx.insert(parts)
    .values(part)
    .onConflictDoUpdate({
      target: [parts.deliveryId, parts.idx],
      set: {
        state: 'sending',
        possiblyDuplicated: sql`${parts.possiblyDuplicated} or ${row.possiblyDuplicated ? 1 : 0}`,
      },
    })
    .run()
}

function partSent(tx: Tx, row: Row, step: { part: number; messageId: number }, now: number): Row | null {
  if (row.state !== 'sending') return null
  const sent = { state: 'sent' as const, messageId: step.messageId, sentAt: now }
  tx.update(parts)
    .set(sent)
    .where(and(eq(parts.deliveryId, row.id), eq(parts.idx, step.part)))
    .run()
  tx.update(deliveries)
    .set({ nextPart: step.part + 1 })
    .where(eq(deliveries.id, row.id))
    .run()
  return row
}

/** Skipped from now on, until they write to the bot. */
function flag(
  tx: Tx,
  row: Row,
  reachability: (typeof users.$inferSelect)['reachability'],
  now: number,
): void {
  if (reachability === 'ok') return
  tx.update(users)
    .set({ reachability, unreachableSince: now })
    .where(and(eq(users.id, row.userId), inArray(users.reachability, ['ok'])))
    .run()
}
