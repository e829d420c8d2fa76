import type {
  Failure,
  JobSettings,
  OnOverlap,
  OutgoingPart,
  Page,
  Run,
  RunQuery,
  User,
} from '@kamihi/contracts'
import type { Change } from './change.ts'
import type { RunHistory } from './runHistory.ts'
import type { ScheduledEnqueue, ScheduledOutcome } from './scheduling.ts'

export interface ManualEnqueue {
  jobId: string
  idempotencyKey: string
  args: Record<string, unknown> | null
  onlyUserIds: string[] | null
  dryRun: boolean
  /** What to do while another run of the job has not ended. Default: as the job says, and be refused where it would not run now. */
  onOverlap?: OnOverlap | null
  /** A time of the job that has passed, for which the run stands; epoch milliseconds. Default: it is for now. */
  scheduledFor?: number | null
}

/** Whoever works on a run or a delivery holds a lease; a write with a lease that was lost is refused. */
export interface Lease {
  worker: string
  /** Epoch milliseconds. */
  until: number
}

/** What of a run never changes: the job as it was when the run was enqueued. */
export interface RunFacts {
  id: string
  jobId: string
  action: string
  args: Record<string, unknown>
  key: string
  trigger: Run['trigger']
  scheduledFor: number
  perUser: boolean
  dryRun: boolean
  idempotent: boolean
  settings: JobSettings
  /** Epoch milliseconds; what is open then ends as `expired`. */
  deadlineAt: number
}

/** How a run stands: what changes while its deliveries move. */
export type RunStanding = Pick<Run, 'id' | 'jobId' | 'state' | 'counts' | 'finishedAt'>

/** A run that a worker has claimed. */
export interface ClaimedRun {
  run: Run
  facts: RunFacts
  /** Of an action that runs once for all. */
  actionStarted: boolean
  outputStored: boolean
}

/** Runs: one occurrence of a job, or one request, each with exactly one recorded end. */
export interface RunStore extends RunHistory {
  /** Moves the cursor and writes the occurrences, both or neither; `lost` when another process was first. */
  enqueueScheduled(input: ScheduledEnqueue): Promise<ScheduledOutcome>
  /** The same for several jobs in one commit: all of it is written, or nothing; each job is lost or won by itself. */
  enqueueScheduledMany(inputs: ScheduledEnqueue[]): Promise<ScheduledOutcome[]>
  /** Rows of the schedule whose instant, or whose stretch of missed ones, touches a time, and runs by hand that stand for one; oldest first. */
  listScheduled(jobId: string, from: number, to: number, limit: number): Promise<Run[]>
  enqueueManual(
    input: ManualEnqueue,
    change: Change,
  ): Promise<
    | { kind: 'enqueued'; run: Run; replaced: Run[] }
    | { kind: 'existing'; run: Run }
    /** The key was used for another request, and that is its run. */
    | { kind: 'key_reused'; run: Run }
    | { kind: 'overlap'; blocking: Run }
    /** The time it was to stand for has its run. */
    | { kind: 'slot_taken'; run: Run }
    /** That time has not come, or the scheduler has not passed it and may run it. */
    | { kind: 'slot_ahead' }
    | { kind: 'action_missing' }
    | { kind: 'not_found' }
  >
  /** A new run of the deliveries that did not succeed, or of those of some; what the action returned for them is kept. */
  enqueueRetry(
    runId: string,
    change: Change,
    only?: readonly string[],
  ): Promise<
    | { kind: 'enqueued'; run: Run; replaced: Run[] }
    | { kind: 'overlap'; blocking: Run }
    | { kind: 'nothing_to_retry' }
    | { kind: 'not_finished' }
    | { kind: 'not_found' }
  >
  get(id: string): Promise<Run | null>
  list(query: RunQuery): Promise<Page<Run>>
  /** Ids of those that a query finds, at most so many. */
  matching(query: RunQuery, limit: number): Promise<string[]>
  /** Takes queued runs, and running ones whose lease has ended, oldest first. */
  claim(lease: Lease, limit: number, now: number): Promise<ClaimedRun[]>
  renew(id: string, lease: Lease): Promise<boolean>
  /**
   * Writes one delivery a recipient (users ∪ members of roles of the run), all or none; nothing when it was done before.
   * Nobody and `perUser`: the run ends `skipped(no_recipients)`. Unreachable users become `unreachable` at once.
   */
  writeAudience(id: string, worker: string, now: number): Promise<RunStanding | null>
  /** Everyone in the audience of a run, once it is written. */
  audience(id: string): Promise<User[]>
  /** Marks that the action that runs once for all is about to be called; false when the lease was lost. */
  actionStarted(id: string, worker: string, now: number): Promise<boolean>
  /** Stores what it returned; its pending deliveries become `acted`, or `no_output` when it is empty. */
  actionReturned(id: string, worker: string, output: OutgoingPart[], now: number): Promise<RunStanding | null>
  /** The action that runs once for all failed: the run and all its deliveries end `failed`. */
  fail(id: string, worker: string, failure: Failure, now: number): Promise<RunStanding | null>
  /** Deliveries not begun become `cancelled`; those in the air end by themselves. */
  cancel(
    id: string,
    change: Change,
  ): Promise<{ kind: 'cancelled'; run: Run } | { kind: 'finished'; run: Run } | { kind: 'not_found' }>
  /** Begins no new recipient until it is resumed. */
  pause(
    id: string,
    input: { reason: string | null },
    change: Change,
  ): Promise<{ kind: 'paused'; run: Run } | { kind: 'not_running'; run: Run } | { kind: 'not_found' }>
  resume(
    id: string,
    change: Change,
  ): Promise<{ kind: 'resumed'; run: Run } | { kind: 'not_paused' } | { kind: 'not_found' }>
  /** Ends what is past its deadline as `expired`. */
  expire(now: number): Promise<Run[]>
  /** Runs that are not terminal. */
  listOpen(): Promise<Run[]>
}
