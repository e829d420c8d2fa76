import type {
  Delivery,
  DeliveryQuery,
  DeliveryState,
  FailedAttempt,
  Failure,
  OutgoingPart,
  Page,
  Reachability,
  Run,
  User,
  UserDelivery,
  UserDeliveryQuery,
} from '@kamihi/contracts'
import type { Change } from './change.ts'
import type { Lease, RunFacts, RunStanding } from './runStore.ts'

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

/** Deliveries: one recipient of one run each, the unit of retry. */
export interface DeliveryStore {
  /** Takes `pending`, due `retrying` and `acted` deliveries of running runs, runs by age, with a lease. `limit` ≤ 256. */
  claim(lease: Lease, limit: number, now: number): Promise<ClaimedDelivery[]>
  renew(ids: string[], lease: Lease): Promise<void>
  /** Applies steps in one commit, in order; concurrent calls are grouped into one transaction. */
  record(steps: DeliveryStep[], now: number): Promise<StepResult[]>
  list(runId: string, query: DeliveryQuery): Promise<Page<Delivery>>
  /** Those to one person, of the newest runs first. */
  listOfUser(userId: string, query: UserDeliveryQuery): Promise<Page<UserDelivery>>
  get(id: string): Promise<Delivery | null>
  /** A new run that sends one delivery again, to that person alone; what the action returned for them is kept, unless that was nothing. */
  retry(
    id: string,
    change: Change,
  ): Promise<
    | { kind: 'enqueued'; run: Run; replaced: Run[] }
    | { kind: 'overlap'; blocking: Run }
    /** The last try for that person has not ended; `runId`: of which run it is. */
    | { kind: 'under_way'; runId: string }
    /** The last try has arrived. */
    | { kind: 'arrived'; runId: string }
    /** It has ended, and others of its run have not. */
    | { kind: 'not_finished' }
    | { kind: 'not_found' }
  >
  /** Its tries that did not succeed, oldest first; null when there is no such delivery. */
  failedAttempts(id: string): Promise<FailedAttempt[] | null>
  /** Leaves one recipient out, while neither an action nor Telegram has them in hand; its run ends with the last one. */
  cancel(
    id: string,
    change: Change,
  ): Promise<
    | { kind: 'cancelled'; delivery: Delivery; run: Run }
    | { kind: 'not_waiting'; state: DeliveryState }
    | { kind: 'not_found' }
  >
  /** Somebody says that a delivery in doubt has arrived; its run then ends as its deliveries say. */
  resolve(
    id: string,
    change: Change,
  ): Promise<
    | { kind: 'resolved'; delivery: Delivery; run: Run }
    | { kind: 'not_uncertain'; state: DeliveryState }
    | { kind: 'not_found' }
  >
  /** When the earliest waiting retry is due. */
  earliestRetry(): Promise<number | null>
  /**
   * Frees what a dead worker held: `acting` without output is `failed(interrupted)`, or `pending` again when the action is idempotent;
   * `sending` is sent again flagged `possiblyDuplicated`, or `uncertain` when the job says at-most-once; the rest goes on.
   */
  rescueExpired(now: number): Promise<{ rescued: number; runs: RunStanding[] }>
}
