import type { DeliveryState, Failure } from '@kamihi/contracts'
import { and, eq } from 'drizzle-orm'
import { deliveryOrigins } from '../../states.ts'
import type { DeliveryStep } from '../../store.ts'
import type { Tx } from '../connection.ts'
import type { StandingRow } from '../runs/standing.ts'
import { users } from '../schema.ts'
import { endOfUnwanted } from './ended.ts'
import type { HeldRows } from './heldRows.ts'
import type { HeldRow, StepStatements } from './statements.ts'
import type { Tally } from './tally.ts'

type Fields = Partial<Omit<HeldRow, 'id' | 'runId' | 'userId'>> & { output?: unknown[] }

/** What a step works with. */
export interface Stepping {
  tx: Tx
  statements: StepStatements
  rows: HeldRows
  /** What changes in the counters of runs, written when all steps are applied. */
  tally: Tally
  now: number
}

/** The run of the delivery, or null when the step was refused. */
export function applyStep(stepping: Stepping, step: DeliveryStep): string | null {
  const { tally, now } = stepping
  const row = stepping.rows.held(step.id, step.worker)
  // What an action does cannot be given back.
  if (!row || (step.kind === 'released' && row.state === 'acting')) return null
  if (step.kind === 'part_sent') return partSent(stepping, row, step)
  const [to, fields] = unwanted(stepping, row, step) ?? target(step, row, now)
  if (to !== row.state && !deliveryOrigins(to).includes(row.state)) return null
  move(stepping, row, to, fields)
  if (step.kind === 'sending') stepping.statements.beginPart.run({ id: row.id, idx: step.part })
  if (step.kind === 'retry' && to === 'retrying' && step.possiblyDuplicated)
    stepping.statements.markPart.run({ id: row.id, idx: row.nextPart })
  if (step.kind === 'unreachable') flag(stepping, row, step.reachability)
  if (step.kind === 'retry' && step.chatId !== undefined) moveChat(stepping, row, step.chatId)
  if ('failure' in step) {
    const nextAt = step.kind === 'retry' && to === 'retrying' ? step.at : null
    stepping.statements.keepAttempt({ row, failure: step.failure, at: now, nextAt })
  }
  if (step.kind === 'failed') tally.failed(row.runId, step.failure)
  if (step.kind === 'sent' || step.kind === 'no_output') tally.succeeded(row.runId)
  return row.runId
}

/** What would be taken up again ends here when its run was cancelled or is over. */
function unwanted(
  { statements, now }: Stepping,
  row: HeldRow,
  step: DeliveryStep,
): [DeliveryState, Fields] | null {
  if (step.kind !== 'retry' && step.kind !== 'released') return null
  const run = statements.standing.get({ id: row.runId }) as StandingRow
  const end = endOfUnwanted(run.state, run.cancelRequestedAt)
  if (!end) return null
  const inDoubt = step.kind === 'retry' && step.possiblyDuplicated
  const error = step.kind === 'retry' ? step.failure : row.error
  return [
    inDoubt ? 'uncertain' : end,
    { finishedAt: now, error, leaseWorker: null, leaseUntil: null, nextAttemptAt: null },
  ]
}

function target(
  step: Exclude<DeliveryStep, { kind: 'part_sent' }>,
  row: HeldRow,
  now: number,
): [DeliveryState, Fields] {
  const done = { finishedAt: now, leaseWorker: null, leaseUntil: null, nextAttemptAt: null }
  const started = { startedAt: row.startedAt ?? now }
  // The try that settles it counts too; calling the action has been counted when it began.
  const tried = { attempts: row.attempts + (row.state === 'sending' ? 1 : 0) }
  switch (step.kind) {
    case 'acting':
      return ['acting', { ...started, attempts: row.attempts + 1, nextAttemptAt: null }]
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
      return [row.state === 'sending' ? 'acted' : row.state, { leaseWorker: null, leaseUntil: null }]
  }
}

function retryFields(
  step: {
    at: number
    failure: Failure
    countsAsAttempt: boolean
    possiblyDuplicated: boolean
    chatId?: number
  },
  row: HeldRow,
): Fields {
  // Calling the action has counted its attempt already.
  const attempts = row.attempts + (step.countsAsAttempt && row.state !== 'acting' ? 1 : 0)
  return {
    nextAttemptAt: step.at,
    error: step.failure,
    attempts,
    possiblyDuplicated: row.possiblyDuplicated || step.possiblyDuplicated,
    ...(step.chatId === undefined ? {} : { chatId: step.chatId }),
  }
}

/** Moves a delivery, and the counters of its run with it. */
export function move({ rows, tally }: Stepping, row: HeldRow, to: DeliveryState, fields: Fields): void {
  rows.change(row, { ...fields, state: to })
  tally.move(row.runId, row.state, to)
}

function partSent(
  stepping: Stepping,
  row: HeldRow,
  step: { part: number; messageId: number },
): string | null {
  if (row.state !== 'sending') return null
  const { statements, now } = stepping
  statements.endPart.run({ id: row.id, idx: step.part, messageId: step.messageId, sentAt: now })
  move(stepping, row, row.state, { nextPart: step.part + 1 })
  return row.runId
}

/** Skipped from now on, until they write to the bot. */
function flag(
  { tx, now }: Stepping,
  row: HeldRow,
  reachability: (typeof users.$inferSelect)['reachability'],
): void {
  if (reachability === 'ok') return
  tx.update(users)
    .set({ reachability, unreachableSince: now })
    .where(and(eq(users.id, row.userId), eq(users.reachability, 'ok')))
    .run()
}

/** A group that became a supergroup has another id, for all that is sent to it. */
function moveChat({ tx }: Stepping, { userId }: HeldRow, chatId: number): void {
  tx.update(users).set({ chatId }).where(eq(users.id, userId)).run()
}
