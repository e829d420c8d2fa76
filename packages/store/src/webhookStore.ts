import type {
  Page,
  WebhookBody,
  WebhookDelivery,
  WebhookDeliveryQuery,
  WebhookEvent,
} from '@kamihi/contracts'
import type { Lease } from './runStore.ts'

/** Somebody who is to be told of runs. */
export interface WebhookTarget {
  url: string
  events: readonly WebhookEvent[]
}

/** A request that a worker is to make. */
export interface ClaimedWebhook {
  id: string
  url: string
  body: WebhookBody
  /** Tries that were made before. */
  attempts: number
}

/** What became of a try. */
export type WebhookResult = { id: string; worker: string; status: number | null } & (
  | { kind: 'delivered' }
  | { kind: 'retry'; error: string; at: number }
  /** It is not tried again; the audit log says so. */
  | { kind: 'given_up'; error: string }
)

/** Requests that webhooks are to make, each written before it is made. */
export interface WebhookStore {
  /**
   * Writes a request for each target and each run that ended at or after an instant; none where there is one already, so that
   * a stretch may be looked through twice. Gives how many were written.
   */
  enqueueFinished(input: { since: number; targets: WebhookTarget[]; now: number }): Promise<number>
  /** Takes those that are due, oldest first. */
  claim(lease: Lease, limit: number, now: number): Promise<ClaimedWebhook[]>
  /** Records a try; false when the lease was lost. */
  settle(result: WebhookResult, now: number): Promise<boolean>
  list(query: WebhookDeliveryQuery): Promise<Page<WebhookDelivery>>
  /** Removes some that ended before an instant; gives how many. */
  prune(before: number, limit: number): Promise<number>
}
