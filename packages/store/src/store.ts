import type { AuditEntry, AuditQuery, Page } from '@kamihi/contracts'
import type {
  AccountLinkStore,
  AccountStore,
  AttemptStore,
  SessionStore,
  TokenStore,
} from './accountStore.ts'
import type { Change } from './change.ts'
import type { DeliveryStore } from './deliveryStore.ts'
import type { InsightStore } from './insightStore.ts'
import type { JobStore } from './jobStore.ts'
import type { ActionStore, PermissionStore, RoleStore, UserStore } from './peopleStore.ts'
import type { Lease, RunStore } from './runStore.ts'
import type { SchedulerStore } from './scheduling.ts'
import type { StoreFile } from './storeFile.ts'
import type { ConversationStore, UpdateStore } from './updateStore.ts'
import type { WebhookStore } from './webhookStore.ts'

export type {
  AccountLinkStore,
  AccountPatch,
  AccountRecord,
  AccountStore,
  AttemptStore,
  NewAccount,
  NewSession,
  SessionRecord,
  SessionStore,
  TokenRecord,
  TokenStore,
} from './accountStore.ts'
export type { Change, LastOwner, Saved } from './change.ts'
export type { ClaimedDelivery, DeliveryStep, DeliveryStore, StepResult } from './deliveryStore.ts'
export type { JobListFacts, JobRecord, JobRow, JobStore } from './jobStore.ts'
export type {
  ActionDefinitionRecord,
  ActionRecord,
  ActionStore,
  PermissionStore,
  RoleStore,
  UserStore,
  UserWrite,
} from './peopleStore.ts'
export type { ClaimedRun, Lease, ManualEnqueue, RunFacts, RunStanding, RunStore } from './runStore.ts'
export { StoreError, type StoreErrorCode } from './storeError.ts'
export type { Conversation, ConversationStore, UpdateStore } from './updateStore.ts'

/**
 * Where everything is kept that must survive. Each verb is atomic by itself; none hands out a transaction or a query.
 * Every verb may reject with `StoreError` (`busy`, `full`, `readonly`, `io`, `corrupt`, `vanished`, `closed`).
 */
export interface Store {
  users: UserStore
  roles: RoleStore
  permissions: PermissionStore
  actions: ActionStore
  jobs: JobStore
  runs: RunStore
  deliveries: DeliveryStore
  scheduler: SchedulerStore
  insights: InsightStore
  webhooks: WebhookStore
  /** Named leases that one process holds at a time: `poller`, `scheduler`. */
  leases: {
    acquire(name: string, lease: Lease, now: number): Promise<boolean>
    release(name: string, worker: string): Promise<void>
    holder(name: string, now: number): Promise<string | null>
  }
  updates: UpdateStore
  conversations: ConversationStore
  accounts: AccountStore
  accountLinks: AccountLinkStore
  sessions: SessionStore
  attempts: AttemptStore
  tokens: TokenStore
  audit: {
    /** For what is no change of an entity: sign-ins, refused tries, exports. `facts`: what else is to be known of it. */
    add(
      entry: { verb: string; object: AuditEntry['object']; facts?: Record<string, unknown> },
      change: Change,
    ): Promise<void>
    /** Without the entries about some kinds of objects. */
    list(query: AuditQuery, without?: readonly string[]): Promise<Page<AuditEntry>>
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
