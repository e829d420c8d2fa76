import { eq } from 'drizzle-orm'
import { afterFailure, hasTripped, passed, type Trial, tripsAfter } from '../../trial.ts'
import { mayPause, takeBack } from '../runs/pause.ts'
import type { StandingRow } from '../runs/standing.ts'
import { runs } from '../schema.ts'
import type { Stepping } from './steps.ts'
import type { Outcomes } from './tally.ts'

/** Follows how the first recipients of a run fare; pauses the run when they all fail alike. True when something was written. */
export function judgeTrial({ tx }: Stepping, row: StandingRow, outcomes: Outcomes): boolean {
  if (outcomes.length === 0 || row.trial?.kind === 'passed') return false
  const trial = outcomes.reduce<Trial | null>(
    (before, failure) =>
      failure === null ? passed : before?.kind === 'passed' ? before : afterFailure(before, failure),
    row.trial,
  )
  if (trial === row.trial) return false
  tx.update(runs).set({ trial }).where(eq(runs.id, row.id)).run()
  const left = row.total - row.sent - row.noOutput - row.failed - row.unreachable - row.cancelled
  if (!hasTripped(trial) || left <= 0) return false
  return trip(tx, row.id, outcomes.at(-1)?.message ?? '')
}

function trip(tx: Stepping['tx'], id: string, message: string): boolean {
  const pauseReason = `The first ${tripsAfter} recipients failed alike: ${message}`
  const paused = tx
    .update(runs)
    .set({ state: 'paused', pausedBy: 'breaker', pauseReason, notice: 'due' })
    .where(mayPause(id))
    .run()
  if (paused.changes === 0) return false
  takeBack(tx, id)
  return true
}
