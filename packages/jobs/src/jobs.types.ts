import type { JobCreate, JobPreview, JobPreviewRequest, JobUpdate, Warning } from '@kamihi/contracts'
import type { Plugin } from '@kamihi/core'
import type { Change, JobRecord, ManualEnqueue, Saved, Store } from '@kamihi/store'

export type Refusal = {
  kind: 'refused'
  code: 'invalid_cron' | 'invalid_timezone' | 'unknown_action' | 'invalid_args'
  errors: { path: string; message: string; given?: unknown; allowed?: unknown }[]
}

type Disabled = { kind: 'jobs_disabled' }
type Runs = Store['runs']

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
  preview(request: JobPreviewRequest): Promise<JobPreview | Refusal>
  describe(job: JobRecord): JobFacts
  /** Runs a job now, disabled ones too; the schedule does not move. */
  run(
    jobId: string,
    asked: Omit<ManualEnqueue, 'jobId'>,
    change: Change,
  ): Promise<Awaited<ReturnType<Runs['enqueueManual']>> | Disabled>
  /** A new run of what did not succeed. */
  retry(runId: string, change: Change): Promise<Awaited<ReturnType<Runs['enqueueRetry']>> | Disabled>
  cancel(runId: string, change: Change): ReturnType<Runs['cancel']>
  resume(runId: string, change: Change): ReturnType<Runs['resume']>
  status(): 'running' | 'standby' | 'stopped' | 'disabled'
}
