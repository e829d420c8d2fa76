import { type Failure, failureMessages } from '@kamihi/contracts'
import { and, eq, getTableColumns, gt, isNotNull, lt } from 'drizzle-orm'
import { isTerminalDelivery } from '../../states.ts'
import type { RunStanding } from '../../store.ts'
import type { Tx } from '../connection.ts'
import { isOpen } from '../runs/open.ts'
import { deliveries, parts, runs } from '../schema.ts'
import { cutOff } from './doubt.ts'
import { endOfUnwanted } from './ended.ts'
import { newStepping, settle } from './record.ts'
import type { HeldRow, StepStatements } from './statements.ts'
import { move, type Stepping } from './steps.ts'

const { output: _heavy, ...columns } = getTableColumns(deliveries)

type Orphan = ReturnType<typeof orphans>[number]
type Fate = [HeldRow['state'], Partial<Omit<HeldRow, 'id' | 'runId' | 'userId'>>]

const interrupted = {
  class: 'interrupted',
  message: failureMessages.ended_acting,
}

/** Frees what a dead worker held, each delivery as its state allows. */
export function rescueExpired(
  tx: Tx,
  statements: StepStatements,
  now: number,
): { rescued: number; runs: RunStanding[] } {
  shortenLeases(tx, now)
  const stepping = newStepping(tx, statements, now)
  const found = orphans(tx, now)
  for (const orphan of found) rescue(stepping, orphan)
  return { rescued: found.length, runs: [...settle(stepping).values()] }
}

/** No worker asks for longer. */
const longestLeaseMs = 60_000

/**
 * What is lent for longer than that was lent before the clock was set back. Its worker renews it within seconds; where it died, nobody
 * would go on until that time comes again.
 */
function shortenLeases(tx: Tx, now: number): void {
  const latest = now + longestLeaseMs
  const lentTooLong = and(isNotNull(deliveries.leaseWorker), gt(deliveries.leaseUntil, latest))
  tx.update(deliveries).set({ leaseUntil: latest }).where(lentTooLong).run()
  tx.update(runs)
    .set({ leaseUntil: latest })
    .where(and(isOpen, gt(runs.leaseUntil, latest)))
    .run()
}

const orphans = (tx: Tx, now: number) =>
  tx
    .select({
      row: columns,
      idempotent: runs.idempotent,
      guarantee: runs.settings,
      runState: runs.state,
      cancelRequestedAt: runs.cancelRequestedAt,
    })
    .from(deliveries)
    .innerJoin(runs, eq(runs.id, deliveries.runId))
    .where(and(isNotNull(deliveries.leaseWorker), lt(deliveries.leaseUntil, now)))
    .limit(1000)
    .all()

function rescue(stepping: Stepping, orphan: Orphan): void {
  const { tx, now } = stepping
  const { row } = orphan
  const [state, fields] = fateOfOrphan(tx, orphan, now)
  const part = and(eq(parts.deliveryId, row.id), eq(parts.idx, row.nextPart))
  if (state === 'uncertain') tx.update(parts).set({ state }).where(part).run()
  else if (fields.possiblyDuplicated) tx.update(parts).set({ possiblyDuplicated: true }).where(part).run()
  move(stepping, row, state, fields)
  const failure = brokenOff(row, state, fields)
  if (failure)
    stepping.statements.keepAttempt({
      row,
      failure,
      at: now,
      nextAt: isTerminalDelivery(state) ? null : now,
    })
}

/** What became of the try that its worker did not end; null where nothing was begun, or all of it had arrived. */
function brokenOff(row: HeldRow, state: HeldRow['state'], fields: Fate[1]): Failure | null {
  if (row.state === 'acting') return interrupted
  return state === 'uncertain' || fields.possiblyDuplicated ? cutOff : null
}

function fateOfOrphan(tx: Tx, orphan: Orphan, now: number): Fate {
  const { row, idempotent, guarantee } = orphan
  const free = { leaseWorker: null, leaseUntil: null }
  const done = { ...free, finishedAt: now, nextAttemptAt: null }
  // Nobody goes on with a run that was cancelled or has ended.
  const unwanted = endOfUnwanted(orphan.runState, orphan.cancelRequestedAt)
  if (row.state === 'acting') {
    if (!idempotent) return ['failed', { ...done, error: interrupted }]
    return unwanted ? [unwanted, done] : ['pending', free]
  }
  if (row.state !== 'sending') return unwanted ? [unwanted, done] : [row.state, free]
  if (arrived(tx, row)) return unwanted ? [unwanted, done] : ['acted', free]
  if (unwanted || guarantee.delivery === 'at-most-once') return ['uncertain', { ...done, error: cutOff }]
  return ['acted', { ...free, possiblyDuplicated: true }]
}

/** True when the part that was begun last is known to have arrived: the next one had not begun. */
function arrived(tx: Tx, row: HeldRow): boolean {
  const part = tx
    .select({ state: parts.state })
    .from(parts)
    .where(and(eq(parts.deliveryId, row.id), eq(parts.idx, row.nextPart)))
    .get()
  return part === undefined || part.state === 'sent'
}
