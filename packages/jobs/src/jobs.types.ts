import type {
  JobCreate,
  JobPreview,
  JobPreviewRequest,
  JobUpdate,
  Occurrences,
  Problem,
  RunProgress,
  RunStep,
  SchedulerState,
  SchedulerStatus,
  Warning,
} from '@kamihi/contracts'
import type { Plugin } from '@kamihi/core'
import type {
  Change,
  JobRecord,
  ManualEnqueue,
  RunStanding,
  Saved,
  SchedulerStore,
  Store,
} from '@kamihi/store'
import type { UnknownPeople } from './checkRun.ts'
import type { SkipInput, Skipped } from './skip.ts'
import type { ClosedSlot } from './slot.ts'

export type Refusal = {
  kind: 'refused'
  code: 'invalid_cron' | 'invalid_timezone' | 'invalid_period' | 'unknown_action' | 'invalid_args'
  errors: NonNullable<Problem['errors']>
}

type Disabled = { kind: 'jobs_disabled' }
type Runs = Store['runs']
type Deliveries = Store['deliveries']
type Reason = { reason: string | null }
type Resumed = Exclude<Awaited<ReturnType<Store['jobs']['resume']>>, { kind: 'moved' }>

/** What a job shows beside its settings. */
export interface JobFacts {
  /** The schedule in plain language; null where no true sentence is known. */
  description: string | null
  effectiveTimezone: string
  warnings: Warning[]
}

/** Jobs as a part of the bot: they fire by themselves once started, and are edited and run by hand through this. */
export interface Jobs extends Plugin {
  create(input: JobCreate, change: Change): Promise<Saved<JobRecord> | Refusal>
  update(
    id: string,
    version: number,
    patch: Omit<JobUpdate, 'version'>,
    change: Change,
  ): Promise<Saved<JobRecord> | Refusal>
  archive(id: string, change: Change): Promise<boolean>
  /** Brings an archived job back; `not_found` when it is none. */
  restore(id: string, change: Change): Promise<Saved<JobRecord> | Refusal>
  preview(request: JobPreviewRequest): Promise<JobPreview | Refusal>
  describe(job: JobRecord): JobFacts
  /**
   * Runs a job now, disabled ones too; the schedule does not move. With `scheduledFor` the run stands for a time that has passed. Args of
   * its own are checked as those of a job are.
   */
  run(
    jobId: string,
    asked: Omit<ManualEnqueue, 'jobId'>,
    change: Change,
  ): Promise<Awaited<ReturnType<Runs['enqueueManual']>> | ClosedSlot | Refusal | UnknownPeople | Disabled>
  /** A new run of what did not succeed, or of those of some deliveries. */
  retry(
    runId: string,
    change: Change,
    only?: readonly string[],
  ): Promise<Awaited<ReturnType<Runs['enqueueRetry']>> | Disabled>
  /** Sends one delivery again, as a new run for that person alone. */
  retryDelivery(id: string, change: Change): Promise<Awaited<ReturnType<Deliveries['retry']>> | Disabled>
  /** Leaves one recipient out of a run that goes on for the others. */
  cancelDelivery(id: string, change: Change): ReturnType<Deliveries['cancel']>
  /** Somebody says that a delivery in doubt has arrived. */
  resolveDelivery(id: string, change: Change): ReturnType<Deliveries['resolve']>
  cancel(runId: string, change: Change): ReturnType<Runs['cancel']>
  resume(runId: string, change: Change): ReturnType<Runs['resume']>
  /** It does not run by itself until it is resumed; runs by hand work. */
  pauseJob(id: string, input: Reason, change: Change): ReturnType<Store['jobs']['pause']>
  /** What passed is recorded as one row and does not run. */
  resumeJob(id: string, change: Change): Promise<Resumed>
  /** Leaves one future occurrence out, which the schedule must have. */
  skip(id: string, input: SkipInput, change: Change): Promise<Skipped>
  unskip(id: string, scheduledFor: number, change: Change): ReturnType<Store['jobs']['unskip']>
  /** No job runs by itself, in any process on this database, until all are resumed. Runs that are open go on. */
  pauseAll(input: Reason, change: Change): ReturnType<SchedulerStore['pause']>
  resumeAll(change: Change): ReturnType<SchedulerStore['resume']>
  describeScheduler(): Promise<SchedulerStatus>
  /**
   * What became of each occurrence in a stretch of time, at most 100 of them, and why those did not run that did not; null when there
   * is no such job. Epoch milliseconds, both ends included.
   */
  explain(id: string, from: number, to: number): Promise<Occurrences | null>
  /** How fast a run goes; null while that is not known. Asking is also how a run of another process is followed. */
  progressOf(run: RunStanding): RunProgress | null
  /** What happened to a run, in order; null when there is no such run. */
  timeline(runId: string): Promise<RunStep[] | null>
  status(): SchedulerState
}
