import type {
  AccessRole,
  Account,
  Action,
  ActionQuery,
  Actor,
  AuditEntry,
  AuditQuery,
  Delivery,
  DeliveryQuery,
  Failure,
  JobQuery,
  JobSettings,
  JobStats,
  ListQuery,
  OnOverlap,
  OutgoingPart,
  Page,
  Permission,
  PermissionQuery,
  Reachability,
  Recipients,
  Role,
  Run,
  RunQuery,
  SkipReason,
  Token,
  User,
  UserQuery,
} from '@kamihi/contracts'
import type { RunHistory } from './runHistory.ts'
import type {
  DueJob,
  EditEffects,
  JobSkip,
  Placement,
  ScheduledEnqueue,
  ScheduledOutcome,
  SchedulerStore,
} from './scheduling.ts'
import type { StoreFile } from './storeFile.ts'

/** Who changes something and when; written to the audit log in the same transaction as the change. */
export interface Change {
  actor: Actor
  /** Epoch milliseconds. */
  now: number
  ip?: string
  requestId?: string
}

/** What became of an edit. */
export type Saved<T> =
  | { kind: 'saved'; value: T }
  | { kind: 'not_found' }
  | { kind: 'version_conflict'; current: T }
  | { kind: 'duplicate'; field: string }
  | { kind: 'unknown_reference'; field: string; ids: string[] }

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

export interface ManualEnqueue {
  jobId: string
  idempotencyKey: string
  args: Record<string, unknown> | null
  onlyUserIds: string[] | null
  dryRun: boolean
  /** What to do while another run of the job has not ended. Default: as the job says, and be refused where it would not run now. */
  onOverlap?: OnOverlap | null
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

/** A delivery that a worker has claimed, with all it needs to act and to send. */
export interface ClaimedDelivery {
  id: string
  /** The same object for all deliveries of a run. */
  run: RunFacts
  userId: string
  /** The person as of now, where the action runs for each; null when they are no user any more. */
  user: User | null
  chatId: number
  state: 'pending' | 'acted'
  /** Tries so far, of the action while `pending`, of sending while `acted`. */
  attempts: number
  /** Class of the error of the last try; null when there was none. */
  lastClass: string | null
  /** Set when `acted`. */
  output: OutgoingPart[] | null
  /** Index of the first part that has not been sent. */
  nextPart: number
}

/** One step of a delivery's state machine; refused when the lease is lost or the state does not allow it. */
export type DeliveryStep =
  | { kind: 'acting'; id: string; worker: string }
  | { kind: 'acted'; id: string; worker: string; output: OutgoingPart[] }
  | { kind: 'sending'; id: string; worker: string; part: number }
  | { kind: 'part_sent'; id: string; worker: string; part: number; messageId: number }
  | { kind: 'sent'; id: string; worker: string }
  | { kind: 'no_output'; id: string; worker: string }
  | {
      kind: 'retry'
      id: string
      worker: string
      at: number
      failure: Failure
      countsAsAttempt: boolean
      possiblyDuplicated: boolean
      /** Set when the chat has moved: the person's messages go there from now on. */
      chatId?: number
    }
  | { kind: 'failed'; id: string; worker: string; failure: Failure }
  | { kind: 'unreachable'; id: string; worker: string; failure: Failure; reachability: Reachability }
  | { kind: 'uncertain'; id: string; worker: string; failure: Failure }
  | { kind: 'expired'; id: string; worker: string }
  | { kind: 'cancelled'; id: string; worker: string }
  /** Puts it back untouched (shutdown). */
  | { kind: 'released'; id: string; worker: string }

export interface StepResult {
  accepted: boolean
  /** The run this step belongs to, as it is now; its state is terminal when this was the last delivery. */
  run: RunStanding | null
}

export interface ActionDefinitionRecord {
  name: string
  commands: string[]
  description: string | null
  argsSchema: Record<string, unknown> | null
  idempotent: boolean
  /** Set when its file failed to load; its name is then that of the file. */
  error: string | null
}

export interface Conversation {
  chatId: number
  userId: number
  action: string
  /** Changes with the questions of the action; an older one is dropped. */
  schemaVersion: string
  /** Name of the argument being asked; empty when all are answered and the action is called. */
  step: string
  answers: Record<string, unknown>
  /** Null until the question has arrived. */
  askedMessageId: number | null
  /** Update that brought it here. Taken up again after a crash it asks what was not asked, and is no second answer. */
  answeredBy: number | null
  expiresAt: number
  /** Rises with each save. */
  version: number
}

export interface AccountRecord extends Account {
  passwordHash: string
}

export interface SessionRecord {
  /** SHA-256 of the cookie, hex. */
  id: string
  account: Account
  createdAt: number
  lastSeenAt: number
  expiresAt: number
}

export interface TokenRecord extends Token {
  expired: boolean
}

/**
 * Where everything is kept that must survive. Each verb is atomic by itself; none hands out a transaction or a query.
 * Every verb may reject with `StoreError` (`busy`, `full`, `readonly`, `io`, `corrupt`, `vanished`, `closed`).
 */
export interface Store {
  users: {
    create(
      input: {
        telegramId: number
        isAdmin?: boolean
        name?: string | null
        profile?: Record<string, unknown>
        roleIds?: string[]
      },
      change: Change,
    ): Promise<Saved<User>>
    update(
      id: string,
      version: number,
      patch: Partial<{
        telegramId: number
        isAdmin: boolean
        name: string | null
        profile: Record<string, unknown>
        roleIds: string[]
      }>,
      change: Change,
    ): Promise<Saved<User>>
    remove(id: string, change: Change): Promise<boolean>
    get(id: string): Promise<User | null>
    getMany(ids: string[]): Promise<User[]>
    getByTelegramId(telegramId: number): Promise<User | null>
    list(query: UserQuery): Promise<Page<User>>
    /** Writing to the bot makes a user reachable again. */
    seen(telegramId: number, now: number): Promise<void>
    /** True when the user may run the action: admin, or by a permission, directly or by a role. */
    mayUse(userId: string, action: string): Promise<boolean>
    /** Everyone who may use the action, admins included. */
    allowedFor(action: string): Promise<User[]>
    /** Names of the loaded actions that the user may use. */
    actionsOf(userId: string): Promise<string[]>
  }
  roles: {
    create(input: { name: string; userIds?: string[] }, change: Change): Promise<Saved<Role>>
    update(
      id: string,
      version: number,
      patch: { name?: string; userIds?: string[] },
      change: Change,
    ): Promise<Saved<Role>>
    remove(id: string, change: Change): Promise<boolean>
    get(id: string): Promise<Role | null>
    getByName(name: string): Promise<Role | null>
    list(query: ListQuery): Promise<Page<Role>>
    /** Adds a member; `already` when it was one. */
    assign(roleId: string, userId: string, change: Change): Promise<'assigned' | 'already' | 'not_found'>
    unassign(roleId: string, userId: string, change: Change): Promise<boolean>
  }
  permissions: {
    create(
      input: { action: string; userIds?: string[]; roleIds?: string[] },
      change: Change,
    ): Promise<Saved<Permission>>
    update(
      id: string,
      version: number,
      patch: { action?: string; userIds?: string[]; roleIds?: string[] },
      change: Change,
    ): Promise<Saved<Permission>>
    remove(id: string, change: Change): Promise<boolean>
    get(id: string): Promise<Permission | null>
    list(query: PermissionQuery): Promise<Page<Permission>>
  }
  actions: {
    /** Makes the table equal to the code: upserts these, archives the others, never deletes. */
    sync(
      definitions: ActionDefinitionRecord[],
      now: number,
    ): Promise<{ archived: string[]; restored: string[] }>
    get(name: string): Promise<Action | null>
    list(query: ActionQuery): Promise<Page<Action>>
  }
  jobs: {
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
    list(query: JobQuery): Promise<Page<JobRow>>
    /** Enabled jobs, not paused, with `nextRunAt <= now`, most overdue first. */
    listDue(now: number, limit: number): Promise<DueJob[]>
    /** The earliest `nextRunAt` of an enabled job that is not paused. */
    earliestDue(): Promise<number | null>
    /** Enabled jobs that have no `nextRunAt` or whose zone is that of the settings: those to look at when a bot starts. */
    listToReschedule(): Promise<
      Pick<JobRecord, 'id' | 'version' | 'nextRunAt' | 'cronExpression' | 'timezone'>[]
    >
    /** Moves the cursor outside of a tick; false when the job changed meanwhile. */
    reschedule(id: string, version: number, nextRunAt: number | null): Promise<boolean>
    /** The same for many in one commit; those that changed meanwhile are left as they are. */
    rescheduleMany(moves: { id: string; version: number; nextRunAt: number | null }[]): Promise<void>
    /** Users ∪ members of roles, as of now. */
    recipients(target: { userIds: string[]; roleIds: string[] }): Promise<Recipients>
  }
  runs: RunHistory & {
    /** Moves the cursor and writes the occurrences, both or neither; `lost` when another process was first. */
    enqueueScheduled(input: ScheduledEnqueue): Promise<ScheduledOutcome>
    /** The same for several jobs in one commit: all of it is written, or nothing; each job is lost or won by itself. */
    enqueueScheduledMany(inputs: ScheduledEnqueue[]): Promise<ScheduledOutcome[]>
    /** Rows of the schedule whose instant, or whose stretch of missed ones, touches a time; oldest first. */
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
      | { kind: 'action_missing' }
      | { kind: 'not_found' }
    >
    /** A new run of the deliveries that did not succeed; what the action returned for them is kept. */
    enqueueRetry(
      runId: string,
      change: Change,
    ): Promise<
      | { kind: 'enqueued'; run: Run; replaced: Run[] }
      | { kind: 'overlap'; blocking: Run }
      | { kind: 'nothing_to_retry' }
      | { kind: 'not_finished' }
      | { kind: 'not_found' }
    >
    get(id: string): Promise<Run | null>
    list(query: RunQuery): Promise<Page<Run>>
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
    actionReturned(
      id: string,
      worker: string,
      output: OutgoingPart[],
      now: number,
    ): Promise<RunStanding | null>
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
  deliveries: {
    /** Takes `pending`, due `retrying` and `acted` deliveries of running runs, runs by age, with a lease. `limit` ≤ 256. */
    claim(lease: Lease, limit: number, now: number): Promise<ClaimedDelivery[]>
    renew(ids: string[], lease: Lease): Promise<void>
    /** Applies steps in one commit, in order; concurrent calls are grouped into one transaction. */
    record(steps: DeliveryStep[], now: number): Promise<StepResult[]>
    list(runId: string, query: DeliveryQuery): Promise<Page<Delivery>>
    get(id: string): Promise<Delivery | null>
    /** When the earliest waiting retry is due. */
    earliestRetry(): Promise<number | null>
    /**
     * Frees what a dead worker held: `acting` without output is `failed(interrupted)`, or `pending` again when the action is idempotent;
     * `sending` is sent again flagged `possiblyDuplicated`, or `uncertain` when the job says at-most-once; the rest goes on.
     */
    rescueExpired(now: number): Promise<{ rescued: number; runs: RunStanding[] }>
  }
  scheduler: SchedulerStore
  /** Named leases that one process holds at a time: `poller`, `scheduler`. */
  leases: {
    acquire(name: string, lease: Lease, now: number): Promise<boolean>
    release(name: string, worker: string): Promise<void>
    holder(name: string, now: number): Promise<string | null>
  }
  updates: {
    /** Stores updates and returns those not seen before, so that Telegram can be told they arrived. */
    receive(
      updates: { updateId: number; payload: unknown }[],
      now: number,
    ): Promise<{ updateId: number; payload: unknown }[]>
    /**
     * Written before an action that must not be called twice is called; false, and nothing is written, when it was before or when the
     * update is handled. In the same commit saves the dialog that the update completed.
     */
    begin(updateId: number, now: number, dialog?: Omit<Conversation, 'version'>): Promise<boolean>
    /** In the same commit ends the dialog of `asked` when this update completed it. */
    handled(updateId: number, now: number, asked?: { chatId: number; userId: number }): Promise<void>
    /** Received but not handled when the process ended; of those that are `begun` nobody knows how far they came. */
    unhandled(): Promise<{ updateId: number; payload: unknown; begun: boolean }[]>
    /** Removes those that were handled and came before; gives how many, at most `limit`. */
    prune(olderThan: number, limit: number): Promise<number>
  }
  conversations: {
    get(chatId: number, userId: number): Promise<Conversation | null>
    /** Inserts or replaces; the version rises by one. */
    save(conversation: Omit<Conversation, 'version'>): Promise<Conversation>
    end(chatId: number, userId: number): Promise<boolean>
    /** Removes and returns those past their time. While an answer is being handled, nobody is silent. */
    takeExpired(now: number): Promise<Conversation[]>
  }
  accounts: {
    /** Makes an owner if there is none. */
    createFirstOwner(
      input: { username: string; passwordHash: string },
      change: Change,
    ): Promise<{ kind: 'created'; account: Account } | { kind: 'owner_exists' }>
    create(
      input: { username: string; passwordHash: string; role: AccessRole },
      change: Change,
    ): Promise<Saved<Account>>
    hasOwner(): Promise<boolean>
    getByUsername(username: string): Promise<AccountRecord | null>
    setPassword(id: string, passwordHash: string, change: Change): Promise<boolean>
  }
  sessions: {
    create(input: {
      id: string
      accountId: string
      now: number
      expiresAt: number
      ip: string
      userAgent: string
    }): Promise<void>
    /** Null when ended, expired, or its account is disabled; moves `lastSeenAt` at most once a minute. */
    use(id: string, now: number): Promise<SessionRecord | null>
    /** Removes those that have ended; an account has few. */
    prune(now: number): Promise<number>
    end(id: string): Promise<boolean>
  }
  /** Failed and successful tries to sign in, for the limits of guessing. Keys are opaque. */
  attempts: {
    record(key: string, success: boolean, now: number): Promise<void>
    failuresSince(key: string, since: number): Promise<number>
    /** When the last failure was, of those after the last success. */
    lastFailureAt(key: string): Promise<number | null>
  }
  tokens: {
    create(
      input: { name: string; role: AccessRole; prefix: string; hash: string; expiresAt: number | null },
      change: Change,
    ): Promise<Token>
    /** By SHA-256 hex of the secret; null when unknown, revoked or expired. Moves `lastUsedAt` at most once a minute. */
    use(hash: string, now: number): Promise<Token | null>
    list(): Promise<Token[]>
    revoke(id: string, change: Change): Promise<boolean>
  }
  audit: {
    /** For what is no change of an entity: sign-ins, refused tries. */
    add(entry: { verb: string; object: AuditEntry['object'] }, change: Change): Promise<void>
    list(query: AuditQuery): Promise<Page<AuditEntry>>
  }
  /** Small facts of this installation, e.g. the hash of a command menu. */
  settings: {
    get(key: string): Promise<string | null>
    set(key: string, value: string): Promise<void>
  }
  file: StoreFile
  info(): Promise<{ path: string; schemaVersion: number; sizeBytes: number }>
  close(): Promise<void>
}

/** Why the database did not do it. */
export type StoreErrorCode =
  | 'busy'
  | 'full'
  | 'readonly'
  /** The disk did not do what it was asked to. */
  | 'io'
  | 'corrupt'
  /** The file was removed, replaced or cut off. */
  | 'vanished'
  | 'closed'
  | 'newer_schema'
  | 'cannot_open'
  | 'unsupported_url'

export class StoreError extends Error {
  readonly code: StoreErrorCode
  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'StoreError'
    this.code = code
  }
}
