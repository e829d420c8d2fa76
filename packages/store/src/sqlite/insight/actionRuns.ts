import type { Action, ActionError, Failure } from '@kamihi/contracts'
import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import { type Db, iso } from '../connection.ts'
import { deliveries, failedRun, jobs, judgedRunStates, runs, wentWrong } from '../schema.ts'

/** How the runs went that began since then, by action; those without any are left out. */
export function countActionRuns(db: Db, names: string[], since: number): Map<string, Action['lastWeek']> {
  const rows = db
    .select({
      action: runs.action,
      runs: sql<number>`count(*)`,
      failed: sql<number>`sum(${wentWrong(runs)})`,
    })
    .from(runs)
    .where(
      and(
        inArray(runs.action, names),
        gte(runs.beganAt, since),
        eq(runs.dryRun, false),
        inArray(runs.state, [...judgedRunStates]),
      ),
    )
    .groupBy(runs.action)
    .all()
  return new Map(rows.map(({ action, ...counted }) => [action, counted]))
}

const runsShown = 5
/** Failed recipients of a run that are looked at. */
const mostLookedAt = 200

/** Errors of the last runs of an action that went wrong since then, newest first. */
export function actionErrorsOf(db: Db, action: string, since: number): ActionError[] {
  const wrong = db
    .select({ id: runs.id, at: runs.beganAt, error: runs.error, failed: runs.failed, jobName: jobs.name })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .where(and(eq(runs.action, action), gte(runs.beganAt, since), eq(runs.dryRun, false), failedRun(runs)))
    .orderBy(desc(runs.beganAt), desc(runs.id))
    .limit(runsShown)
    .all()
  return wrong.flatMap(({ id, at, error, failed, jobName }) => {
    const own = error ? [{ ...error, count: Math.max(1, failed) }] : errorsOfRecipients(db, id)
    return own.map((found) => ({ at: iso(at), runId: id, jobName, ...found }))
  })
}

/** The errors of those for whom a run failed, commonest first. */
function errorsOfRecipients(db: Db, runId: string): (Failure & { count: number })[] {
  const failed = db
    .select({ error: deliveries.error })
    .from(deliveries)
    .where(and(eq(deliveries.runId, runId), eq(deliveries.state, 'failed')))
    .limit(mostLookedAt)
    .all()
  const counted = new Map<string, Failure & { count: number }>()
  for (const { error } of failed) {
    if (!error) continue
    const key = JSON.stringify([error.class, error.message])
    counted.set(key, { ...error, count: (counted.get(key)?.count ?? 0) + 1 })
  }
  return [...counted.values()].sort((a, b) => b.count - a.count).slice(0, runsShown)
}
