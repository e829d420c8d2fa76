import type {
  ActionState,
  JobTimes,
  Run,
  RunState,
  RunTrigger,
  SearchResult,
  SkipReason,
} from '@kamihi/contracts'
import type { DueJob } from './scheduling.ts'

/** A stretch of time: `from` belongs to it, `to` does not. Epoch milliseconds. */
export interface Stretch {
  from: number
  to: number
}

/** What the runs that ended in a stretch amount to; dry runs and skipped ones are left out. */
export interface PastTotals {
  runs: number
  sent: number
  failed: number
  unreachable: number
  /** Of recipients that were to be sent to: those whose action returned nothing are in neither. */
  unsettled: number
}

/** A job of which runs failed: its newest one, and how many there are. */
export interface FailedJob {
  runId: string
  job: { id: string; name: string | null; action: string }
  state: RunState
  finishedAt: number
  total: number
  unreached: number
  runs: number
}

/** A run that waits for a person: it was missed, or left it uncertain who got it. */
export interface Trouble {
  id: string
  job: { id: string; name: string | null; action: string }
  finishedAt: number
  missed: { from: number; to: number; count: number } | null
  uncertain: number
}

/** A run that begins no new recipient until somebody resumes it. */
export interface PausedRun {
  id: string
  job: { id: string; name: string | null; action: string }
  at: number
  by: string | null
  reason: string | null
}

/** A run that has ended, in numbers. */
export interface FinishedRun {
  /** Tells runs apart; nothing else. */
  row: number
  finishedAt: number
  state: RunState
  trigger: RunTrigger
  sent: number
  noOutput: number
  failed: number
  unreachable: number
  cancelled: number
  expired: number
  uncertain: number
}

/** Runs of a job that were due in an hour and have ended. */
export interface PastHour {
  /** Epoch milliseconds, where the hour begins. */
  hour: number
  jobId: string
  state: RunState
  reason: SkipReason | null
  runs: number
  messages: number
}

/** A job that is to run by itself, as far as it takes to know when and for how many. */
export type PlannedJob = Pick<DueJob, 'id' | 'nextRunAt' | keyof JobTimes> & {
  name: string | null
  action: string
}

/** What is asked of planned jobs: a single job, or those of an action. */
export interface PlannedFilter {
  jobId?: string | undefined
  action?: string | undefined
}

/** The bot at a glance: numbers over everything, made from the counts of runs and from indexes. */
export interface InsightStore {
  /** What runs amount to, for each stretch; their numbers come from one index. */
  totals(stretches: Stretch[]): Promise<PastTotals[]>
  /** How late runs of the schedule began that ended in a stretch: the newest 5000 of them, by the middle one. */
  medianLag(stretch: Stretch): Promise<number | null>
  /** Different people that were sent to by runs that ended in a stretch. Reads many rows, a few at a time, with pauses. */
  peopleReached(stretch: Stretch): Promise<number>
  /** Jobs of which runs failed since that were not taken up again, those that failed last first; runs that only missed people who cannot be reached are none. */
  failures(since: number, limit: number): Promise<FailedJob[]>
  /** Runs that were missed or in doubt and ended since, newest first. */
  troubles(since: number, limit: number): Promise<Trouble[]>
  /** Runs that have not ended, oldest first, and how many there are. */
  open(limit: number): Promise<{ items: Run[]; total: number; queuedDeliveries: number }>
  /** Runs that are paused, newest first; `at` is when they began. */
  pausedRuns(limit: number): Promise<PausedRun[]>
  /** Actions that enabled jobs need and that cannot be called. */
  blockedActions(): Promise<
    { name: string; state: ActionState; error: string | null; updatedAt: number; jobCount: number }[]
  >
  /** Actions whose file failed to load: the first five by name, how many there are, and when the last one changed. */
  brokenActions(): Promise<{ names: string[]; total: number; newestAt: number | null }>
  /** Enabled jobs that are paused: the first five, and how many there are. */
  pausedJobs(): Promise<{
    items: { id: string; name: string | null; action: string }[]
    total: number
    newestAt: number | null
  }>
  /** How many people became unreachable in a stretch and still are. */
  becameUnreachable(stretch: Stretch): Promise<number>
  /** Jobs that are to run before an instant, soonest first. */
  planned(before: number, filter: PlannedFilter, limit: number): Promise<PlannedJob[]>
  /** How many people each of some jobs is for now. */
  recipientCounts(jobIds: string[]): Promise<Map<string, number>>
  /** Occurrences that are to be left out, by job. */
  skipsOf(jobIds: string[]): Promise<Map<string, number[]>>
  /** What became of the runs that were due in a stretch, by hour and job. */
  pastHours(stretch: Stretch, filter: PlannedFilter): Promise<PastHour[]>
  jobNames(jobIds: string[]): Promise<{ id: string; name: string | null; action: string }[]>
  /** Runs that ended after an instant, first ones first. */
  finishedAfter(after: number, limit: number): Promise<FinishedRun[]>
  /** How many there are of each kind of job and of open runs. */
  counts(): Promise<{
    jobs: { enabled: number; disabled: number; paused: number; blocked: number }
    openRuns: Partial<Record<RunState, number>>
    queuedDeliveries: number
  }>
  /** What has these letters in its name, at most five of each kind; runs by the beginning of their ids. */
  /** `withoutIds`: people are not found by their Telegram ids. */
  search(text: string, withoutIds?: boolean): Promise<SearchResult>
}
