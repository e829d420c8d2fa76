import type { OutgoingPart, User } from '@kamihi/contracts'
import type { Logger } from '../logger.ts'
import type { Question } from '../questions/question.ts'
import type { TelegramService } from '../telegram/telegram.types.ts'

/** The job that runs an action. */
export interface JobContext {
  id: string
  runId: string
  key: string
  trigger: 'schedule' | 'manual' | 'retry'
  scheduledFor: Date
  perUser: boolean
}

// biome-ignore lint/suspicious/noExplicitAny: any question, whatever its answers are
type AnyQuestion = Question<any>
export type Questions = Record<string, AnyQuestion>
export type Answers<Q extends Questions> = { [N in keyof Q]: Q[N] extends Question<infer T> ? T : never }

/** What an action is given. */
export interface ActionContext<Q extends Questions = Questions> {
  /** Answers of the chat, or the args of the job; what a job does not give is null. */
  args: Answers<Q>
  /** Who sent the command, or for whom a per-user job runs; null when a job runs once for all. */
  user: User | null
  /** By command: everyone who may use the action. In a job: everyone the job is for. */
  users: User[]
  /** Null by command. */
  job: JobContext | null
  logger: Logger
  telegram: Pick<TelegramService, 'state'>
  /** Aborted on timeout, cancel and shutdown. */
  signal: AbortSignal
}

/** Text in Markdown, parts, a list of those, or nothing. */
export type ActionResult = string | OutgoingPart | readonly ActionResult[] | null | undefined | void

export interface ActionDefinition<Q extends Questions = Questions> {
  /** Default: the name of its file or folder. */
  name?: string
  /** Default: its name. */
  commands?: string[]
  description?: string
  /** Asked in chat when run by command, in this order; given by `args` when run by a job. */
  args?: Q
  /**
   * True when running it twice does no harm: then one that a crash interrupted runs again by itself. Default: false, and its job says
   * that it was interrupted, or the person who sent the command is told to try again.
   */
  idempotent?: boolean
  run(context: ActionContext<Q>): ActionResult | Promise<ActionResult>
}

/** Declares an action; the types of `args` follow from its questions. */
export function defineAction<const Q extends Questions = Record<never, never>>(
  definition: ActionDefinition<Q>,
): ActionDefinition {
  return definition as unknown as ActionDefinition
}

/** An action that is ready to be run. */
export interface ActionRuntime {
  name: string
  commands: string[]
  description: string | null
  questions: [name: string, question: AnyQuestion][]
  /** JSON Schema of its args. */
  argsSchema: Record<string, unknown>
  idempotent: boolean
  /** Null when it was given in code. */
  file: string | null
  run: ActionDefinition['run']
}
