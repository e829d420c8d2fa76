import type { RunState } from '@kamihi/contracts'
import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

/** A table, as far as something is read from it. */
export type Columns<Name extends string> = Record<Name, AnyColumn>

/** Ended, but not as it should. Written the same in the index and in queries, or SQLite does not see that they belong together. */
export const unfortunate = (t: Columns<'state'>): SQL =>
  sql`${t.state} in ('partial','failed','cancelled','skipped','expired')`

/** It failed, or somebody did not get it who should have. */
export const failing = (t: Columns<'error' | 'failed' | 'unreachable' | 'expired' | 'uncertain'>): SQL =>
  sql`(${t.error} is not null or ${t.failed} > 0 or ${t.unreachable} > 0 or ${t.expired} > 0 or ${t.uncertain} > 0)`

/** The action or the sending failed, or time ran out; some may still have got it. */
export const failedRun = (t: Columns<'state' | 'error' | 'failed' | 'expired'>): SQL =>
  sql`(${t.error} is not null or ${t.failed} > 0 or ${t.expired} > 0 or ${t.state} = 'expired')`

/** What counts as a failure wherever runs are judged: it failed, or nobody knows who got it. That people cannot be reached is not its fault. */
export const wentWrong = (t: Columns<'state' | 'error' | 'failed' | 'expired' | 'uncertain'>): SQL =>
  sql`(${failedRun(t)} or ${t.uncertain} > 0)`

/** Runs that tell how well something works: neither skipped nor cancelled. */
export const judgedRunStates = ['completed', 'partial', 'failed', 'expired'] as const satisfies RunState[]

/** It missed its time, or went wrong and nobody cancelled it; in doubt it is however it ended. */
export const needsSomebody = (
  t: Columns<'dryRun' | 'state' | 'reason' | 'error' | 'failed' | 'expired' | 'uncertain'>,
): SQL =>
  sql`${t.dryRun} = 0 and (${t.reason} = 'missed' or ${t.uncertain} > 0 or (${t.state} <> 'cancelled' and ${failedRun(t)}))`
