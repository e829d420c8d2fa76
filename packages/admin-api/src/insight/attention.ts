import type { AttentionItem, JobName, Overview, SchedulerStatus, TelegramState } from '@kamihi/contracts'
import { explanations, type HealthStatus } from '@kamihi/core'
import type { FailedJob, InsightStore, Trouble } from '@kamihi/store'

type Answer<Verb extends keyof InsightStore> = Awaited<ReturnType<InsightStore[Verb]>>

/** What is looked at to tell what needs somebody. Instants are epoch milliseconds. */
export interface AttentionFacts {
  now: number
  jobsEnabled: boolean
  telegram: { state: TelegramState; detail: string | null; since: number }
  health: HealthStatus
  scheduler: Pick<SchedulerStatus, 'paused' | 'lagMs'>
  /** The job that waits longest. */
  overdue: JobName | null
  failures: FailedJob[]
  troubles: Trouble[]
  pausedRuns: { id: string; job: JobName; at: number; by: string | null; reason: string | null }[]
  blocked: Answer<'blockedActions'>
  broken: Answer<'brokenActions'>
  pausedJobs: Answer<'pausedJobs'>
  unreachable: { thisWeek: number; lastWeek: number }
}

const shown = 20
const lateMs = 60_000
/** A connection that is being made needs nobody yet. */
const startMs = 30_000
/** Fewer people say nothing. */
const worthTelling = 5

/** What needs somebody, newest first. */
export function decideAttention(facts: AttentionFacts): Overview['attention'] {
  const items = [
    ...ofBot(facts),
    ...ofScheduler(facts),
    ...facts.failures.map(
      ({ finishedAt, ...rest }): AttentionItem => ({ kind: 'run_failed', at: iso(finishedAt), ...rest }),
    ),
    ...facts.troubles.map(ofRun),
    ...facts.pausedRuns.map(
      ({ id, at, ...rest }): AttentionItem => ({ kind: 'run_paused', at: iso(at), runId: id, ...rest }),
    ),
    ...facts.blocked.map(
      ({ name, updatedAt, ...rest }): AttentionItem => ({
        kind: 'action_blocked',
        at: iso(updatedAt),
        action: name,
        ...rest,
      }),
    ),
  ].sort((a, b) => b.at.localeCompare(a.at))
  return { items: items.slice(0, shown), total: items.length }
}

function ofBot({ now, telegram, health, broken, unreachable }: AttentionFacts): AttentionItem[] {
  const items: AttentionItem[] = []
  const { state, detail, since } = telegram
  if (state !== 'connected' && (state !== 'unreachable' || now - since > startMs))
    items.push({ kind: 'telegram', at: iso(since), state, detail })
  if (health.state === 'degraded')
    items.push({
      kind: 'degraded',
      at: iso(health.since),
      reason: health.reason,
      detail: explanations[health.reason],
    })
  if (broken.total > 0)
    items.push({
      kind: 'actions_broken',
      at: iso(broken.newestAt ?? now),
      count: broken.total,
      actions: broken.names,
    })
  if (unreachable.thisWeek >= worthTelling && unreachable.thisWeek >= 2 * unreachable.lastWeek)
    items.push({ kind: 'unreachable_rising', at: iso(now), ...unreachable })
  return items
}

function ofScheduler({ now, jobsEnabled, scheduler, overdue, pausedJobs }: AttentionFacts): AttentionItem[] {
  if (!jobsEnabled) return []
  const items: AttentionItem[] = []
  if (scheduler.paused) items.push({ kind: 'scheduler_paused', ...scheduler.paused })
  if (overdue && scheduler.lagMs > lateMs)
    items.push({ kind: 'job_overdue', at: iso(now - scheduler.lagMs), job: overdue, lateMs: scheduler.lagMs })
  if (pausedJobs.total > 0)
    items.push({
      kind: 'jobs_paused',
      at: iso(pausedJobs.newestAt ?? now),
      count: pausedJobs.total,
      jobs: pausedJobs.items,
    })
  return items
}

function ofRun({ id, job, finishedAt, missed, uncertain }: Trouble): AttentionItem {
  const known = { at: iso(finishedAt), runId: id, job }
  if (missed)
    return { kind: 'missed', ...known, from: iso(missed.from), to: iso(missed.to), count: missed.count }
  return { kind: 'uncertain', ...known, count: uncertain }
}

const iso = (ms: number): string => new Date(ms).toISOString()
