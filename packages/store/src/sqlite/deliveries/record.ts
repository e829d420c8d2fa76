import type { DeliveryStep, RunStanding, StepResult } from '../../store.ts'
import type { Tx } from '../connection.ts'
import { finishRun } from '../runs/finish.ts'
import { endOf, presentStanding, type StandingRow } from '../runs/standing.ts'
import { holdRows } from './heldRows.ts'
import type { StepStatements } from './statements.ts'
import { applyStep, type Stepping } from './steps.ts'
import { createTally } from './tally.ts'
import { judgeTrial } from './trial.ts'

/** Steps that one caller wants stored together, and when they were taken. */
export interface Asked {
  steps: DeliveryStep[]
  now: number
}

/** Applies what several callers ask, in order; what they share is read and written once. */
export function recordSteps(tx: Tx, statements: StepStatements, batch: Asked[]): StepResult[][] {
  const stepping = newStepping(tx, statements, 0)
  const applied = batch.map(({ steps, now }) => {
    stepping.now = now
    return steps.map((step) => applyStep(stepping, step))
  })
  const standing = settle(stepping)
  const resultOf = (runId: string | null): StepResult => ({
    accepted: runId !== null,
    run: runId === null ? null : (standing.get(runId) ?? null),
  })
  return applied.map((runIds) => runIds.map(resultOf))
}

export const newStepping = (tx: Tx, statements: StepStatements, now: number): Stepping => ({
  tx,
  statements,
  rows: holdRows(statements),
  tally: createTally(),
  now,
})

/** Writes what has changed, pauses runs that fail alike and ends those of which nothing is open; gives how each run stands. */
export function settle(stepping: Stepping): Map<string, RunStanding> {
  const { statements, rows, tally } = stepping
  rows.write()
  tally.write(statements)
  const standing = new Map<string, RunStanding>()
  for (const [id, outcomes] of tally.runs()) {
    const row = statements.standing.get({ id }) as StandingRow
    const changed = judgeTrial(stepping, row, outcomes) || endIfDone(stepping, row)
    standing.set(id, presentStanding(changed ? (statements.standing.get({ id }) as StandingRow) : row))
  }
  return standing
}

function endIfDone({ tx, now }: Stepping, row: StandingRow): boolean {
  const end = endOf(row)
  return end !== null && finishRun(tx, row.id, end, now)
}
