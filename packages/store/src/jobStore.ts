import type {
  Action,
  JobQuery,
  JobSettings,
  JobStats,
  JobTimes,
  Page,
  Recipients,
  Run,
  SkipReason,
} from '@kamihi/contracts'
import type { Change, Saved } from './change.ts'
import type { DueJob, EditEffects, JobSkip, Placement } from './scheduling.ts'

/** A job as the store keeps it: times are epoch milliseconds. */
export interface JobRecord extends JobSettings {
  id: string
  nextRunAt: number | null
  /** Set while it is paused: nothing of it becomes due. */
  pausedAt: number | null
  pausedBy: string | null
  pauseReason: string | null
  /** False while its action is archived or broken. */
  actionLoaded: boolean
  actionState: Action['state']
  createdAt: number
  updatedAt: number
  archivedAt: number | null
  version: number
}

/** A job with what lists show beside it. */
export interface JobRow extends JobRecord {
  /** Soonest first. */
  skips: JobSkip[]
  recipientCount: number
  unreachableCount: number
  /** Newest first, at most 20. */
  lastRuns: {
    id: string
    state: Run['state']
    reason: SkipReason | null
    scheduledFor: number
    finishedAt: number | null
  }[]
  stats: JobStats
}

/** What a list of jobs is asked with, beside its query. */
export interface JobListFacts {
  /** Epoch milliseconds. */
  now: number
  /** The zone of the settings: that of jobs which have none of their own. */
  timezone: string
}

/** Jobs and their cursors. */
export interface JobStore {
  create(settings: JobSettings, nextRunAt: number | null, change: Change): Promise<Saved<JobRecord>>
  /** `nextRunAt` undefined: the cursor stays where it is. */
  update(
    id: string,
    version: number,
    patch: Partial<JobSettings>,
    nextRunAt: number | null | undefined,
    change: Change,
    effects?: EditEffects,
  ): Promise<Saved<JobRecord>>
  /** Archives: it never fires again, its history stays. */
  archive(id: string, change: Change, effects?: Pick<EditEffects, 'passed'>): Promise<boolean>
  /** Takes an archived job back, with its cursor. */
  restore(id: string, version: number, nextRunAt: number | null, change: Change): Promise<Saved<JobRecord>>
  /** Nothing of it becomes due until it is resumed; the cursor stays where it is. */
  pause(
    id: string,
    input: { reason: string | null },
    change: Change,
  ): Promise<{ kind: 'paused' | 'already_paused'; job: JobRecord } | { kind: 'not_found' }>
  /** Goes on from the placement; `moved` when its cursor is not where it was read. */
  resume(
    id: string,
    placement: Placement,
    change: Change,
  ): Promise<{ kind: 'resumed' | 'not_paused'; job: JobRecord } | { kind: 'moved' } | { kind: 'not_found' }>
  /** Leaves one occurrence out; `passed` when the cursor is behind it already. */
  skip(
    id: string,
    input: { scheduledFor: number; reason: string | null },
    change: Change,
  ): Promise<
    { kind: 'skipped' | 'already_skipped'; job: JobRecord } | { kind: 'passed' } | { kind: 'not_found' }
  >
  /** Takes that back. */
  unskip(
    id: string,
    scheduledFor: number,
    change: Change,
  ): Promise<{ kind: 'unskipped'; job: JobRecord } | { kind: 'not_skipped' } | { kind: 'not_found' }>
  /** Occurrences that are to be left out, soonest first. */
  skips(id: string): Promise<JobSkip[]>
  get(id: string): Promise<JobRecord | null>
  getRow(id: string): Promise<JobRow | null>
  /** `facts` are needed where the query asks for a zone or for what needs attention. */
  list(query: JobQuery, facts?: JobListFacts): Promise<Page<JobRow>>
  /** Ids of those that a query finds, at most so many. */
  matching(query: JobQuery, limit: number, facts: JobListFacts): Promise<string[]>
  /** Enabled jobs, not paused, with `nextRunAt <= now`, most overdue first. */
  listDue(now: number, limit: number): Promise<DueJob[]>
  /** The earliest `nextRunAt` of an enabled job that is not paused. */
  earliestDue(): Promise<number | null>
  /** Enabled jobs that have no `nextRunAt` or whose zone is that of the settings: those to look at when a bot starts. */
  listToReschedule(): Promise<Pick<JobRecord, 'id' | 'version' | 'nextRunAt' | keyof JobTimes>[]>
  /** Moves the cursor outside of a tick; false when the job changed meanwhile. */
  reschedule(id: string, version: number, nextRunAt: number | null): Promise<boolean>
  /** The same for many in one commit; those that changed meanwhile are left as they are. */
  rescheduleMany(moves: { id: string; version: number; nextRunAt: number | null }[]): Promise<void>
  /** Users ∪ members of roles, as of now. */
  recipients(target: { userIds: string[]; roleIds: string[] }): Promise<Recipients>
}
