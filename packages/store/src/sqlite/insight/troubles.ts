import { asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { InsightStore, PausedRun } from '../../insightStore.ts'
import { openRunStates } from '../../states.ts'
import type { Db } from '../connection.ts'
import { enabled } from '../jobs/records.ts'
import { presentRun } from '../runs/present.ts'
import { countsOf } from '../runs/standing.ts'
import { actions, jobs, runs } from '../schema.ts'

/** Literal, as in the index of what is open. */
const isOpen = sql.raw(`runs.state in (${openRunStates.map((state) => `'${state}'`).join(',')})`)

export function openRuns(db: Db, limit: number): Awaited<ReturnType<InsightStore['open']>> {
  const items = db
    .select({ run: runs, name: jobs.name })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .where(isOpen)
    .orderBy(asc(runs.createdAt))
    .limit(limit)
    .all()
    .map(({ run, name }) => presentRun(run, name))
  const counts = openCounts(db)
  return {
    items,
    total: counts.reduce((sum, { runs }) => sum + runs, 0),
    queuedDeliveries: counts.reduce((sum, { queued }) => sum + queued, 0),
  }
}

export function pausedRuns(db: Db, limit: number): PausedRun[] {
  const { id, jobId, action, startedAt, createdAt, pausedBy, pauseReason } = runs
  return db
    .select({ id, jobId, name: jobs.name, action, startedAt, createdAt, by: pausedBy, reason: pauseReason })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, jobId))
    .where(sql`${isOpen} and ${runs.state} = 'paused'`)
    .orderBy(desc(createdAt))
    .limit(limit)
    .all()
    .map((run) => ({
      id: run.id,
      job: { id: run.jobId, name: run.name, action: run.action },
      at: run.startedAt ?? run.createdAt,
      by: run.by,
      reason: run.reason,
    }))
}

/** Runs that have not ended, by state, and the recipients of theirs that are not done. */
export function openCounts(db: Db) {
  const { total, inProgress, sent, noOutput, failed, unreachable, cancelled, expired, uncertain } = runs
  const known = { total, inProgress, sent, noOutput, failed, unreachable, cancelled, expired, uncertain }
  const byState = new Map<string, { state: typeof runs.$inferSelect.state; runs: number; queued: number }>()
  for (const { state, ...row } of db
    .select({ state: runs.state, ...known })
    .from(runs)
    .where(isOpen)
    .all()) {
    const one = byState.get(state) ?? { state, runs: 0, queued: 0 }
    const { pending, inProgress: busy } = countsOf(row)
    byState.set(state, { state, runs: one.runs + 1, queued: one.queued + pending + busy })
  }
  return [...byState.values()]
}

/** Actions that enabled jobs need and that cannot be called. */
export function blockedActions(db: Db): Awaited<ReturnType<InsightStore['blockedActions']>> {
  const { name, state, error, updatedAt } = actions
  return db
    .select({ name, state, error, updatedAt, jobCount: sql<number>`count(*)` })
    .from(actions)
    .innerJoin(jobs, eq(jobs.action, actions.name))
    .where(sql`${inArray(state, ['archived', 'broken'])} and ${enabled}`)
    .groupBy(name)
    .orderBy(name)
    .all()
}

/** Actions whose file failed to load. */
export function brokenActions(db: Db): Awaited<ReturnType<InsightStore['brokenActions']>> {
  const { name, updatedAt } = actions
  const rows = db
    .select({ name, updatedAt })
    .from(actions)
    .where(eq(actions.state, 'broken'))
    .orderBy(name)
    .all()
  return {
    names: rows.slice(0, 5).map((row) => row.name),
    total: rows.length,
    newestAt: rows.length > 0 ? Math.max(...rows.map((row) => row.updatedAt)) : null,
  }
}

export function pausedJobs(db: Db): Awaited<ReturnType<InsightStore['pausedJobs']>> {
  const isPaused = sql`${enabled} and ${jobs.pausedAt} is not null`
  const { id, name, action } = jobs
  const items = db
    .select({ id, name, action })
    .from(jobs)
    .where(isPaused)
    .orderBy(sql`${jobs.pausedAt} desc`)
    .limit(5)
    .all()
  const all = db
    .select({ n: sql<number>`count(*)`, at: sql<number | null>`max(${jobs.pausedAt})` })
    .from(jobs)
    .where(isPaused)
    .get()
  return { items, total: all?.n ?? 0, newestAt: all?.at ?? null }
}
