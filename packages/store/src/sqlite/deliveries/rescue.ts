import type { Run } from '@kamihi/contracts'
import { and, eq, isNotNull, lt } from 'drizzle-orm'
import type { Tx } from '../connection.ts'
import { closeIfDone } from '../runs/finish.ts'
import { getRun } from '../runs/present.ts'
import { deliveries, parts, runs } from '../schema.ts'
import type { StepStatements } from './statements.ts'
import { move, type Stepping } from './steps.ts'
import { createTally } from './tally.ts'

type Row = typeof deliveries.$inferSelect
type RunRow = typeof runs.$inferSelect

const interrupted = {
  class: 'interrupted',
  message: 'The process ended while the action ran; it is not known how far it came.',
}
const cutOff = {
  class: 'ambiguous',
  message: 'The process ended while the message was in the air; it may have arrived.',
}

/** Frees what a dead worker held, each delivery as its state allows. */
export function rescueExpired(
  tx: Tx,
  statements: StepStatements,
  now: number,
): { rescued: number; runs: Run[] } {
  const dead = and(isNotNull(deliveries.leaseWorker), lt(deliveries.leaseUntil, now))
  const rows = tx
    .select({ delivery: deliveries, run: runs })
    .from(deliveries)
    .innerJoin(runs, eq(runs.id, deliveries.runId))
    .where(dead)
    .limit(1000)
    .all()
  const stepping = { tx, statements, tally: createTally(), now }
  for (const { delivery, run } of rows) rescue(stepping, delivery, run)
  stepping.tally.write(statements)
  const touched = [...new Set(rows.map(({ run }) => run.id))]
  for (const id of touched) closeIfDone(tx, id, now)
  return { rescued: rows.length, runs: touched.map((id) => getRun(tx, id) as Run) }
}

function rescue(stepping: Stepping, row: Row, run: RunRow): void {
  const { tx, now } = stepping
  const [state, fields] = fateOfOrphan(tx, row, run, now)
  const part = and(eq(parts.deliveryId, row.id), eq(parts.idx, row.nextPart))
  if (state === 'uncertain') tx.update(parts).set({ state }).where(part).run()
  else if (fields.possiblyDuplicated) tx.update(parts).set({ possiblyDuplicated: true }).where(part).run()
  move(stepping, row, state, fields)
}

function fateOfOrphan(tx: Tx, row: Row, run: RunRow, now: number): [Row['state'], Partial<Row>] {
  const free = { leaseWorker: null, leaseUntil: null }
  const done = { ...free, finishedAt: now }
  if (row.state === 'acting')
    return run.idempotent ? ['pending', free] : ['failed', { ...done, error: interrupted }]
  if (row.state !== 'sending') return [row.state, free]
  if (arrived(tx, row)) return ['acted', free]
  if (run.settings.delivery === 'at-most-once') return ['uncertain', { ...done, error: cutOff }]
  return ['acted', { ...free, possiblyDuplicated: true }]
}

/** True when the part that was begun last is known to have arrived: the next one had not begun. */
function arrived(tx: Tx, row: Row): boolean {
  const part = tx
    .select({ state: parts.state })
    .from(parts)
    .where(and(eq(parts.deliveryId, row.id), eq(parts.idx, row.nextPart)))
    .get()
  return part === undefined || part.state === 'sent'
}
