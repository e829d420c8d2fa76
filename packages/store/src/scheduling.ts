import type { JobSettings, JobTimes, Run } from '@kamihi/contracts'
import type { Change } from './store.ts'

/** What the scheduler needs of a job that is due, and no more: ten thousand may be due at once. */
export type DueJob = JobTimes &
  Pick<JobSettings, 'catchUp' | 'catchUpWindowSeconds'> & {
    id: string
    version: number
    /** The cursor: the oldest occurrence without a run. */
    nextRunAt: number
    actionLoaded: boolean
  }

/** Occurrences that passed and did not run: one row stands for all of a stretch. Times are the first and the last of them. */
export type PassedOccurrences = { from: number; to: number; count: number } & (
  | { kind: 'missed' }
  /** `scope` says what was paused, `by` who did that. */
  | { kind: 'paused'; scope: 'job' | 'scheduler'; by: string; reason: string | null }
)

/** A row that one tick of the scheduler writes for a job. */
export type Occurrence =
  | { kind: 'run'; scheduledFor: number }
  | { kind: 'skipped'; scheduledFor: number; reason: 'action_missing' }
  | PassedOccurrences

export interface ScheduledEnqueue {
  jobId: string
  /** The cursor as it was read; the verb does nothing when it has moved (compare-and-swap). */
  expectedNextRunAt: number
  nextRunAt: number | null
  /** Oldest first. A `run` obeys the job's overlap policy and the requests to leave it out, inside the same transaction. */
  occurrences: Occurrence[]
  now: number
}

/** What became of the occurrences of one job. */
export type ScheduledOutcome =
  /** `replaced`: runs that ended, or take no new recipients, because of the new ones. */
  | { kind: 'enqueued'; runs: Run[]; replaced: Run[] }
  /** Another process was first, or the job was changed meanwhile, or it or the scheduler was paused. */
  | { kind: 'lost' }

/** Where the cursor of a job goes, and what it passes over. */
export interface Placement {
  /** The cursor as it was read (compare-and-swap). */
  expectedNextRunAt: number | null
  nextRunAt: number | null
  passed: PassedOccurrences[]
}

/** What an edit of a job does besides. */
export interface EditEffects {
  /** Due and not run when the job was changed; written if the cursor is still where they begin. */
  passed?: PassedOccurrences[]
  /** Of the occurrences that were to be left out, those that the new schedule still has; the others are forgotten. Default: all. */
  keptSkips?: number[]
}

/** A future occurrence that somebody asked to leave out. */
export interface JobSkip {
  scheduledFor: number
  by: string
  reason: string | null
}

export interface SchedulerPause {
  at: number
  by: string
  reason: string | null
}

/** A stretch in which the scheduler was paused, both ends included. */
export interface PauseWindow extends SchedulerPause {
  until: number
}

export interface SchedulerPauses {
  current: SchedulerPause | null
  /** Those that are over, oldest first, at most the last fifty: what passed in them is recorded at the next tick of each job. */
  ended: PauseWindow[]
}

/** A stretch in which a scheduler was at work. */
export interface SchedulerSpan {
  worker: string
  startedAt: number
  lastSeenAt: number
  /** Null while it works, or when it ended without saying so. */
  endedAt: number | null
}

/** The scheduler as a whole: paused or not, and when one was at work. */
export interface SchedulerStore {
  /** Nothing becomes due until it is resumed; for every process on this database, and across restarts. */
  pause(
    input: { reason: string | null },
    change: Change,
  ): Promise<{ kind: 'paused' | 'already_paused'; pause: SchedulerPause }>
  resume(change: Change): Promise<{ kind: 'resumed'; pause: PauseWindow } | { kind: 'not_paused' }>
  pauses(): Promise<SchedulerPauses>
  /** A scheduler is at work now. Where it was silent for longer than `gapMs`, a new stretch begins. */
  seen(worker: string, now: number, gapMs: number): Promise<void>
  /** It stopped in an orderly way. */
  ended(worker: string, now: number): Promise<void>
  /** Stretches that overlap a time, oldest first; with the nearest ones before and after it. */
  spans(from: number, to: number): Promise<SchedulerSpan[]>
  /** When any scheduler was last seen. */
  lastSeenAt(): Promise<number | null>
  /** Removes stretches that ended before an instant; gives how many. */
  pruneSpans(before: number): Promise<number>
}
