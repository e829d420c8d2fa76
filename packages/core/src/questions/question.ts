import type { TSchema } from '@sinclair/typebox'
import type { Config } from '../config/schema.ts'

/** Says what is wrong with an answer; its text is shown to the person who answered. */
export class AnswerError extends Error {
  constructor(text: string) {
    super(text)
    this.name = 'AnswerError'
  }
}

export interface Option<T = unknown> {
  label: string
  value: T
}

export interface AnswerContext {
  config: Pick<Config, 'questions' | 'timezone'>
  /** Epoch milliseconds. */
  now: number
}

export type Parsed<T> = { kind: 'accepted'; value: T } | { kind: 'refused'; text: string }

/** A question of an action: asked in chat, answered by the job's args when the action runs by itself. */
export interface Question<T> {
  readonly text: string
  /** Shape of an answer, for the args of jobs. */
  readonly schema: TSchema
  readonly optional: boolean
  readonly default: T | undefined
  readonly replyType: 'text' | 'inline' | 'keyboard'
  readonly columns: number
  /** What to choose from; null where any answer may be given. */
  options(context: AnswerContext): Option<T>[] | null
  parse(answer: string, context: AnswerContext): Promise<Parsed<T>>
}

/** What every question takes. */
export interface CommonOptions<T> {
  /** Shown instead of the text of the configuration when an answer is wrong. */
  error?: string
  optional?: boolean
  default?: T
  /** Sees the answer as it was typed; may change it or throw an AnswerError. */
  validateBefore?: (answer: string) => string | Promise<string>
  /** Sees the answer as it was understood; may change it or throw an AnswerError. */
  validateAfter?: (value: T) => T | Promise<T>
}

export interface QuestionDefinition<T> extends CommonOptions<T> {
  text: string
  schema: TSchema
  replyType?: 'text' | 'inline' | 'keyboard'
  columns?: number
  options?: (context: AnswerContext) => Option<T>[]
  /** Understands an answer; throws an AnswerError where it cannot. */
  parse: (answer: string, context: AnswerContext) => T | Promise<T>
}

/** A question of an own kind. */
export function defineQuestion<T>(definition: QuestionDefinition<T>): Question<T> {
  const {
    text,
    schema,
    optional = false,
    replyType = 'text',
    columns = 1,
    options,
    parse,
    error,
    validateBefore,
    validateAfter,
  } = definition
  const understand = async (answer: string, context: AnswerContext): Promise<T> => {
    const before = validateBefore ? await validateBefore(answer) : answer
    const value = await parse(before, context)
    return validateAfter ? validateAfter(value) : value
  }
  return Object.freeze({
    text,
    schema,
    optional,
    default: definition.default,
    replyType,
    columns: Math.max(1, columns),
    options: (context: AnswerContext) => options?.(context) ?? null,
    async parse(answer: string, context: AnswerContext): Promise<Parsed<T>> {
      try {
        return { kind: 'accepted', value: await understand(answer, context) }
      } catch (problem) {
        if (problem instanceof AnswerError) return { kind: 'refused', text: error ?? problem.message }
        throw problem
      }
    },
  })
}
