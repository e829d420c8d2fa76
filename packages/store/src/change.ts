import type { Actor } from '@kamihi/contracts'

/** Who changes something and when; written to the audit log in the same transaction as the change. */
export interface Change {
  actor: Actor
  /** Epoch milliseconds. */
  now: number
  ip?: string
  requestId?: string
}

/** Refused: nobody could sign in to the dashboard as owner any more. */
export interface LastOwner {
  kind: 'last_owner'
}

/** What became of an edit. */
export type Saved<T> =
  | { kind: 'saved'; value: T }
  | { kind: 'not_found' }
  | { kind: 'version_conflict'; current: T }
  | { kind: 'duplicate'; field: string }
  | { kind: 'unknown_reference'; field: string; ids: string[] }
