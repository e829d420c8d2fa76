import { sql } from 'drizzle-orm'
import type { FinishedRun, PastHour, PastTotals, PlannedFilter, Stretch } from '../../insightStore.ts'
import type { Db } from '../connection.ts'
import { runs } from '../schema.ts'

const hourMs = 3_600_000
/** So many lags are looked at: the middle one of five thousand tells as much as that of a million. */
const mostLags = 5000

/** All of it is read from the index `runs_past`, which is named because SQLite cannot know that no row has to be looked up. */
const past = sql`${runs} indexed by runs_past`
const within = ({ from, to }: Stretch) =>
  sql`${runs.finishedAt} is not null and ${runs.finishedAt} >= ${from} and ${runs.finishedAt} < ${to}`

/** What runs amount to that ended in a stretch. */
export function totalsOf(db: Db, stretch: Stretch): PastTotals {
  const row = db.get<PastTotals>(sql`
    select count(*) as runs, coalesce(sum(${runs.sent}), 0) as sent,
      coalesce(sum(${runs.failed}), 0) as failed,
      coalesce(sum(${runs.unreachable}), 0) as unreachable,
      coalesce(sum(${runs.expired} + ${runs.uncertain}), 0) as unsettled
    from ${past} where ${within(stretch)} and ${runs.dryRun} = 0 and ${runs.state} <> 'skipped'`)
  return row ?? { runs: 0, sent: 0, failed: 0, unreachable: 0, unsettled: 0 }
}

export function medianLagOf(db: Db, stretch: Stretch): number | null {
  const lags = db
    .all<{ lag: number }>(
      sql`select max(0, ${runs.startedAt} - ${runs.scheduledFor}) as lag from ${past}
        where ${within(stretch)} and ${runs.trigger} = 'schedule' and ${runs.startedAt} is not null
        order by ${runs.finishedAt} desc limit ${mostLags}`,
    )
    .map(({ lag }) => lag)
    .sort((a, b) => a - b)
  return lags[Math.floor((lags.length - 1) / 2)] ?? null
}

/** Runs that were due in a stretch end in it or later, never before. */
export function pastHoursOf(db: Db, { from, to }: Stretch, { jobId, action }: PlannedFilter): PastHour[] {
  return db.all<PastHour>(sql`
    select ${runs.scheduledFor} - ${runs.scheduledFor} % ${sql.raw(String(hourMs))} as hour, ${runs.jobId} as jobId, ${runs.state} as state, ${runs.reason} as reason,
      sum(coalesce(${runs.missedCount}, 1)) as runs, sum(${runs.sent}) as messages
    from ${past}
    where ${within({ from, to: Number.MAX_SAFE_INTEGER })} and ${runs.scheduledFor} >= ${from} and ${runs.scheduledFor} < ${to}
      and ${runs.dryRun} = 0 ${jobId === undefined ? sql`` : sql`and ${runs.jobId} = ${jobId}`}
      ${action === undefined ? sql`` : sql`and ${runs.jobId} in (select id from jobs where action = ${action})`}
    group by 1, 2, 3, 4 order by 1`)
}

export function finishedAfter(db: Db, after: number, limit: number): FinishedRun[] {
  const { finishedAt, state, trigger, sent, noOutput, failed, unreachable, cancelled, expired, uncertain } =
    runs
  return db
    .select({
      row: sql<number>`${runs}.rowid`,
      finishedAt: sql<number>`${finishedAt}`,
      state,
      trigger,
      sent,
      noOutput,
      failed,
      unreachable,
      cancelled,
      expired,
      uncertain,
    })
    .from(runs)
    .where(sql`${finishedAt} is not null and ${finishedAt} > ${after}`)
    .orderBy(finishedAt)
    .limit(limit)
    .all()
}
