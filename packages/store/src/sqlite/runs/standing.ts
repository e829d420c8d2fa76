import type { RunCounts } from '@kamihi/contracts'
import { eq, sql } from 'drizzle-orm'
import { isTerminalRun, outcomeOf } from '../../states.ts'
import type { RunStanding } from '../../store.ts'
import { type Db, isoOrNull, type Tx } from '../connection.ts'
import { type QuickRows, quickRows } from '../quickRows.ts'
import { runs } from '../schema.ts'
import type { RunRow } from './present.ts'

/** What decides whether a run is over, without what is heavy to read. */
const lean = {
  id: runs.id,
  jobId: runs.jobId,
  state: runs.state,
  total: runs.total,
  sent: runs.sent,
  noOutput: runs.noOutput,
  failed: runs.failed,
  unreachable: runs.unreachable,
  cancelled: runs.cancelled,
  expired: runs.expired,
  uncertain: runs.uncertain,
  inProgress: runs.inProgress,
  audienceWrittenAt: runs.audienceWrittenAt,
  cancelRequestedAt: runs.cancelRequestedAt,
  finishedAt: runs.finishedAt,
  trial: runs.trial,
  /** Whether its action, called once for all, has still to answer. */
  actionOpen: sql<number>`(${runs.perUser} = 0 and ${runs.output} is null and ${runs.error} is null and ${runs.cancelRequestedAt} is null)`,
}

const selectStanding = (db: Db | Tx) => db.select(lean).from(runs)

export type StandingRow = NonNullable<ReturnType<ReturnType<typeof selectStanding>['get']>>

export const standingRowOf = (tx: Tx, id: string): StandingRow | undefined =>
  selectStanding(tx).where(eq(runs.id, id)).get()

/** The same, asked with every commit of the deliveries. */
export function prepareStandingRow(db: Db): QuickRows<StandingRow> {
  const select = selectStanding(db)
    .where(eq(runs.id, sql.placeholder('id')))
    .prepare()
  return quickRows(select, lean)
}

/** Recipients by state; whoever has not ended and is in nobody's hands is pending. */
export function countsOf(row: Pick<RunRow, Exclude<keyof RunCounts, 'pending'>>): RunCounts {
  const { total, inProgress, sent, noOutput, failed, unreachable, cancelled, expired, uncertain } = row
  const pending = total - endedOf(row) - inProgress
  return { total, pending, inProgress, sent, noOutput, failed, unreachable, cancelled, expired, uncertain }
}

export function presentStanding(row: StandingRow): RunStanding {
  const { id, jobId, state, finishedAt } = row
  return { id, jobId, state, counts: countsOf(row), finishedAt: isoOrNull(finishedAt) }
}

/** How a run ends now, or null while something of it is open. */
export function endOf(row: StandingRow): RunRow['state'] | null {
  if (row.audienceWrittenAt === null || isTerminalRun(row.state)) return null
  if (endedOf(row) < row.total || row.actionOpen) return null
  return outcomeOf(row, row.cancelRequestedAt !== null)
}

/** Every recipient has ended, whether or not the run has. */
export const isNobodyLeft = (row: StandingRow): boolean =>
  row.audienceWrittenAt !== null && endedOf(row) >= row.total

type Ended = Pick<
  RunRow,
  'sent' | 'noOutput' | 'failed' | 'unreachable' | 'cancelled' | 'expired' | 'uncertain'
>

const endedOf = ({ sent, noOutput, failed, unreachable, cancelled, expired, uncertain }: Ended): number =>
  sent + noOutput + failed + unreachable + cancelled + expired + uncertain
