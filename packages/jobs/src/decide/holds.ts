import type { JobRecord, SchedulerPauses } from '@kamihi/store'
import { onTimeMs } from './occurrences.ts'

/** A stretch in which somebody kept a job from running by itself; epoch milliseconds, both ends included. */
export interface Hold {
  scope: 'job' | 'scheduler'
  from: number
  until: number
  by: string
  reason: string | null
}

/**
 * What held a job until now, soonest first: its own pause and those of the scheduler. What had its time just before a pause, and had
 * not begun when the pause came, is held by it as well.
 */
export function holdsOf(
  job: Pick<JobRecord, 'pausedAt' | 'pausedBy' | 'pauseReason'>,
  { current, ended }: SchedulerPauses,
  now: number,
): Hold[] {
  const ofScheduler = [...ended, ...(current ? [{ ...current, until: now }] : [])].map(
    ({ at, until, by, reason }) => ({ scope: 'scheduler' as const, from: at - onTimeMs, until, by, reason }),
  )
  // In the order of time, which is not that of the rows where the clock went back.
  return [...ofScheduler, ...ownHoldOf(job, now)].sort((a, b) => a.from - b.from)
}

function ownHoldOf(
  { pausedAt, pausedBy, pauseReason }: Pick<JobRecord, 'pausedAt' | 'pausedBy' | 'pauseReason'>,
  now: number,
): Hold[] {
  if (pausedAt === null) return []
  const [from, by] = [pausedAt - onTimeMs, pausedBy ?? 'somebody']
  return [{ scope: 'job', from, until: now, by, reason: pauseReason }]
}
