import type {
  Delivery,
  DeliveryQuery,
  Failure,
  OutgoingPart,
  Page,
  Reachability,
  User,
} from '@kamihi/contracts'
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
  get(id: string): Promise<Delivery | null>
  /** When the earliest waiting retry is due. */
  earliestRetry(): Promise<number | null>
  /**
   * Frees what a dead worker held: `acting` without output is `failed(interrupted)`, or `pending` again when the action is idempotent;
   * `sending` is sent again flagged `possiblyDuplicated`, or `uncertain` when the job says at-most-once; the rest goes on.
   */
  rescueExpired(now: number): Promise<{ rescued: number; runs: RunStanding[] }>
}
