import type { AttentionItem, JobName, Overview, SchedulerStatus, TelegramState } from '@kamihi/contracts'
import { explanations, type HealthStatus } from '@kamihi/core'
import type { InsightStore, Trouble } from '@kamihi/store'

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
    ...facts.troubles.flatMap(ofRun),
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

/** A run that was taken up again is dealt with, but for what is still not known of it. */
function ofRun(run: Trouble): AttentionItem[] {
  const known = { at: iso(run.finishedAt), runId: run.id, job: run.job }
  const items: AttentionItem[] = []
  if (run.missed)
    return [
      {
        kind: 'missed',
        ...known,
        from: iso(run.missed.from),
        to: iso(run.missed.to),
        count: run.missed.count,
      },
    ]
  if (!run.isRetried && (run.state === 'failed' || run.state === 'partial'))
    items.push({ kind: 'run_failed', ...known, state: run.state, total: run.total, unreached: run.unreached })
  if (run.uncertain > 0) items.push({ kind: 'uncertain', ...known, count: run.uncertain })
  return items
}

const iso = (ms: number): string => new Date(ms).toISOString()
