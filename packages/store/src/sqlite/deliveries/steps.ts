import type { DeliveryState, Failure } from '@kamihi/contracts'
import { and, eq, inArray } from 'drizzle-orm'
import { deliveryOrigins } from '../../states.ts'
import type { DeliveryStep, StepResult } from '../../store.ts'
import type { Tx } from '../connection.ts'
import { closeIfDone } from '../runs/finish.ts'
import { presentRun } from '../runs/present.ts'
import { type deliveries, users } from '../schema.ts'
import type { StepStatements } from './statements.ts'
import { createTally, type Tally } from './tally.ts'

type Row = typeof deliveries.$inferSelect
type Fields = Partial<Omit<Row, 'id' | 'runId' | 'userId'>>

/** What a step works with. */
export interface Stepping {
  tx: Tx
  statements: StepStatements
  /** What changes in the counters of runs, written when all steps are applied. */
  tally: Tally
  now: number
}

/** Applies steps in order, then tells how each run stands. */
export function applySteps(
  tx: Tx,
  statements: StepStatements,
  steps: DeliveryStep[],
  now: number,
): StepResult[] {
  const stepping = { tx, statements, tally: createTally(), now }
  const applied = steps.map((step) => applyStep(stepping, step))
  stepping.tally.write(statements)
  const touched = new Set(applied.flatMap((row) => row?.runId ?? []))
  const standing = new Map([...touched].map((runId) => [runId, standingOf(stepping, runId)]))
  return applied.map((row) => ({
    accepted: row !== null,
    run: row ? (standing.get(row.runId) ?? null) : null,
  }))
}

/** The run as it is once its deliveries have moved; it ends when none of them is open. */
function standingOf({ tx, statements, now }: Stepping, id: string) {
  const found = statements.run.get({ id })
  if (!found) return null
  if (!closeIfDone(tx, id, now, found.run)) return presentRun(found.run, found.jobName)
  const ended = statements.run.get({ id })
  return ended ? presentRun(ended.run, ended.jobName) : null
}

/** The delivery before the step, or null when the step was refused. */
function applyStep(stepping: Stepping, step: DeliveryStep): Row | null {
  const { statements, now } = stepping
  const row = statements.held.get({ id: step.id, worker: step.worker })
  if (!row) return null
  if (step.kind === 'part_sent') return partSent(stepping, row, step)
  const [to, fields] = target(step, row, now)
  if (to !== row.state && !deliveryOrigins(to).includes(row.state)) return null
  move(stepping, row, to, fields)
  if (step.kind === 'sending') partBegun(stepping, row, step.part)
  if (step.kind === 'unreachable') flag(stepping, row, step.reachability)
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

/** Moves a delivery, and the counters of its run with it. */
export function move({ statements, tally }: Stepping, row: Row, to: DeliveryState, fields: Fields): void {
  const { output, error, hasOutput, possiblyDuplicated, ...rest } = { ...row, ...fields, state: to }
  statements.move.run({
    ...rest,
    hasOutput: Number(hasOutput),
    possiblyDuplicated: Number(possiblyDuplicated),
    error: error ? JSON.stringify(error) : null,
  })
  if (fields.output) statements.keepOutput.run({ id: row.id, output: JSON.stringify(output) })
  tally.move(row.runId, row.state, to)
}

function partBegun({ statements }: Stepping, { id, possiblyDuplicated }: Row, idx: number): void {
  statements.beginPart.run({ id, idx, possiblyDuplicated: Number(possiblyDuplicated) })
}

function partSent(stepping: Stepping, row: Row, step: { part: number; messageId: number }): Row | null {
  if (row.state !== 'sending') return null
  const { statements, now } = stepping
  statements.endPart.run({ id: row.id, idx: step.part, messageId: step.messageId, sentAt: now })
  move(stepping, row, row.state, { nextPart: step.part + 1 })
  return row
}

/** Skipped from now on, until they write to the bot. */
function flag(
  { tx, now }: Stepping,
  row: Row,
  reachability: (typeof users.$inferSelect)['reachability'],
): void {
  if (reachability === 'ok') return
  tx.update(users)
    .set({ reachability, unreachableSince: now })
    .where(and(eq(users.id, row.userId), inArray(users.reachability, ['ok'])))
    .run()
}
