import type { Action, LiveEvent, OutgoingPart, User } from '@kamihi/contracts'
import type { Faults, Store } from '@kamihi/store'
import type { ActionDefinition, ActionRuntime, JobContext } from './actions/action.ts'
import type { LogLine } from './actions/captureLogs.ts'
import type { ArgIssue } from './actions/checkArgs.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config/schema.ts'
import type { Health } from './health.ts'
import type { Logger } from './logger.ts'
import type { TelegramService } from './telegram/telegram.types.ts'

/** A part that is started and stopped with the bot: jobs, the admin API. */
export interface Plugin {
  readonly name: string
  start(): Promise<void>
  /** Finishes what is in the air; `signal` aborts when the time for that is over. */
  stop(signal: AbortSignal): Promise<void>
}

/** Events only make things faster; polling the store is the truth. */
export interface Events {
  emit(event: LiveEvent): void
  /** Returns its own undo. */
  on(listener: (event: LiveEvent) => void): () => void
}

export interface ActionRequest {
  action: string
  user: User | null
  users: User[]
  args: Record<string, unknown>
  job: JobContext | null
  /** Aborted on timeout, deadline, cancel and shutdown. */
  signal: AbortSignal
  /** Given each line that the action writes to its logger, and the stack of what it throws. Must not throw. */
  onLog?: (line: LogLine) => void
}

/** What became of a call of an action. */
export type ActionOutcome =
  | { kind: 'returned'; output: OutgoingPart[] }
  | { kind: 'threw'; message: string; stack: string | null }
  | { kind: 'aborted'; message: string }
  | { kind: 'missing' }

/** An action whose file failed to load. */
export interface BrokenAction {
  name: string
  /** Path and, where it is known, line. */
  where: string
  message: string
}

export interface Actions {
  get(name: string): ActionRuntime | null
  list(): ActionRuntime[]
  /** Files that failed to load. */
  broken(): BrokenAction[]
  /** Warnings on args given by an operator: missing, wrong type, unknown key. */
  checkArgs(action: string, args: Record<string, unknown>): ArgIssue[]
}

/** The running bot, as its plugins see it. */
export interface Kamihi {
  readonly config: Config
  readonly store: Store
  readonly logger: Logger
  readonly clock: Clock
  readonly events: Events
  readonly actions: Actions
  readonly telegram: TelegramService
  readonly health: Health
  /** Plugins start in this order, after the store is open and the actions are known, before the poller; they stop in reverse. */
  use(plugin: Plugin): void
  runAction(request: ActionRequest): Promise<ActionOutcome>
  start(): Promise<void>
  /** Takes nothing new, waits up to 10 s for what is in the air, closes the store. */
  stop(): Promise<void>
}

export interface KamihiOptions {
  /** Validated configuration: `await loadConfig({ cwd, overrides })`. */
  config: Config
  /** Where `actions/` is looked for; default: none, only `actions` below. */
  projectDir?: string
  actions?: ActionDefinition[]
  /** What action files import by these names, which must be the running copy: `async () => ({ kamihi: await import('kamihi') })`. */
  modules?: () => Promise<Record<string, object>>
  clock?: Clock
  logger?: Logger
  /** Where a test stops the process. Default: nowhere. */
  faults?: Faults
  /** Begins with an empty database where there was one before; one that is there is used. */
  newDatabase?: boolean
  /** Seen by the dashboard while the built-in stand-in is used. */
  emulator?: { apiRoot: string; token: string; pageUrl: string }
}

export type ActionSummary = Pick<Action, 'name' | 'commands' | 'description'>
