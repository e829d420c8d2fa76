import type { LogLevel, Page, RetryOutlook, Run, RunLog, RunLogQuery, RunReasons } from '@kamihi/contracts'

/** A line that an action wrote while a job ran it. */
export interface RunLogLine {
  runId: string
  /** For whom it ran; null when it ran once for all. */
  userId: string | null
  at: number
  level: LogLevel
  message: string
  fields: Record<string, unknown> | null
}

/** What is known of how a run went; instants are epoch milliseconds. */
export interface RunTrace {
  run: Run
  audienceWrittenAt: number | null
  /** Of an action that runs once for all. */
  actionStartedAt: number | null
  actionReturnedAt: number | null
  /** When the first and the last recipient had all that was for them. */
  firstSentAt: number | null
  lastSentAt: number | null
  /** When Telegram asked to wait, oldest first, at most a thousand times; several of them may be the same wait. */
  waits: { from: number; until: number; count: number }[]
  /** Who paused, resumed and cancelled it, oldest first. */
  interventions: {
    kind: 'paused' | 'resumed' | 'cancelled'
    at: number
    by: string
    reason: string | null
  }[]
}

/** Where a sweep through the history goes on. */
export interface PruneCursor {
  jobId: string
  scheduledFor: number
  runId: string
}

export interface PruneInput {
  /** Runs that ended before go, but for the newest of each job. */
  olderThan: number
  /** Of each job so many of the newest runs stay; older ones stay only if they failed, until they are too old. */
  keepPerJob: number
  /** Most rows that one call removes, of all tables together. */
  limit: number
  /** Null begins a sweep. */
  from: PruneCursor | null
}

/** The history of runs, beside their state: logs, traces, notices to operators, and what is removed of it all. */
export interface RunHistory {
  /** Keeps lines; those of runs that are gone are dropped. Calls of one turn of the loop are one commit. */
  addLogs(lines: RunLogLine[]): Promise<void>
  /** Lines of a run, `level` and above. `total` counts no further than ten thousand. */
  listLogs(runId: string, query: RunLogQuery): Promise<Page<RunLog>>
  trace(runId: string): Promise<RunTrace | null>
  /** Why recipients were not reached, commonest first; at most twenty reasons. */
  reasons(runId: string): Promise<RunReasons>
  /** For whom a retry would be. */
  retryOutlook(runId: string): Promise<RetryOutlook | null>
  /** Runs of which operators are still to be told, those that ended first; one that is paused before all. */
  listNotices(limit: number): Promise<Run[]>
  /** They have been told of each as it was then: one that ended since is told again. */
  noticesTold(runs: Pick<Run, 'id' | 'state'>[]): Promise<void>
  /**
   * Removes some of what is past its time, in one short transaction: never an open run, nor one that an open run retries.
   * A sweep is over when `next` is null.
   */
  prune(input: PruneInput): Promise<{ rows: number; next: PruneCursor | null }>
}
