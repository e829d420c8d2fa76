import { Type } from '@sinclair/typebox'
import { configSchema } from '../config/schema.ts'
import { longestText } from '../output/split.ts'
import { moment } from './moment.ts'
import { type NumberOptions, numeric } from './numeric.ts'
import { AnswerError, type CommonOptions, defineQuestion, type Option, type Question } from './question.ts'

interface TextOptions extends CommonOptions<string> {
  /** Has to match the whole answer. */
  pattern?: RegExp | string
  minLength?: number
  maxLength?: number
}

interface BooleanOptions extends CommonOptions<boolean> {
  trueValues?: string[]
  falseValues?: string[]
  replyType?: 'text' | 'inline' | 'keyboard'
}

interface ChoiceOptions<T> extends CommonOptions<T> {
  replyType?: 'inline' | 'keyboard' | 'text'
  columns?: number
}

type Choices<T> =
  | readonly T[]
  | Record<string, T>
  | readonly (readonly [string, T])[]
  | (() => readonly T[] | Record<string, T>)

/** The questions an action may ask. */
export const ask = {
  /** Text; limits are inclusive. */
  string(text: string, options: TextOptions = {}): Question<string> {
    const { pattern, minLength, maxLength } = options
    const whole =
      pattern === undefined
        ? null
        : new RegExp(
            `^(?:${typeof pattern === 'string' ? pattern : pattern.source})$`,
            typeof pattern === 'string' ? 'u' : pattern.flags,
          )
    const schema = Type.String({
      title: text,
      ...(minLength === undefined ? {} : { minLength }),
      ...(maxLength === undefined ? {} : { maxLength }),
    })
    return defineQuestion({
      ...options,
      text,
      schema,
      parse(answer, { config }) {
        const { stringErrorText } = config.questions
        const length = answer.length
        if (length < (minLength ?? 0) || length > (maxLength ?? longestText))
          throw new AnswerError(lengthError(stringErrorText, length, minLength, maxLength))
        if (whole !== null && !whole.test(answer)) throw new AnswerError(stringErrorText)
        return answer
      },
    })
  },
  /** A whole number. */
  integer: (text: string, options: NumberOptions = {}): Question<number> => numeric(text, options, true),
  /** Any number. */
  number: (text: string, options: NumberOptions = {}): Question<number> => numeric(text, options, false),
  /** Yes or no, in the words of the configuration or your own. */
  boolean(text: string, options: BooleanOptions = {}): Question<boolean> {
    return defineQuestion({
      ...options,
      text,
      schema: Type.Boolean({ title: text }),
      ...(options.replyType
        ? {
            options: () => [
              { label: 'Yes', value: true },
              { label: 'No', value: false },
            ],
          }
        : {}),
      parse(answer, { config }) {
        const word = answer.trim().toLowerCase()
        if ([...(options.trueValues ?? config.questions.boolTrueValues)].includes(word)) return true
        if ([...(options.falseValues ?? config.questions.boolFalseValues)].includes(word)) return false
        throw new AnswerError(config.questions.boolErrorText)
      },
    })
  },
  /** One of some: a list of texts, a mapping of labels to values, or a function that gives one. */
  choice<const T>(text: string, choices: Choices<T>, options: ChoiceOptions<T> = {}): Question<T> {
    const list = () => optionsOf(typeof choices === 'function' ? choices() : choices) as Option<T>[]
    return defineQuestion<T>({
      replyType: 'inline',
      ...options,
      text,
      schema: choiceSchema(text, choices, list),
      options: list,
      parse(answer, { config }) {
        const chosen = list().find((option) => option.label === answer.trim())
        if (!chosen) throw new AnswerError(config.questions.choiceErrorText)
        return chosen.value
      },
    })
  },
  /** A day, answered as `2026-11-24`. */
  date: (text: string, options: CommonOptions<string> = {}): Question<string> =>
    moment(text, options, /^\d{4}-\d{2}-\d{2}$/, 'date', 'dateErrorText', (day) => `${day}T00:00Z`),
  /** A time of day, answered as `08:30` or `08:30:15`. */
  time: (text: string, options: CommonOptions<string> = {}): Question<string> =>
    moment(text, options, /^\d{2}:\d{2}(:\d{2})?$/, 'time', 'timeErrorText', (time) => `2000-01-01T${time}Z`),
  /** Date and time, answered as `2026-11-24 08:30`. */
  datetime: (text: string, options: CommonOptions<string> = {}): Question<string> =>
    moment(
      text,
      options,
      /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}$/,
      'date-time',
      'datetimeErrorText',
      (at) => `${at.replace(' ', 'T')}Z`,
    ),
}

/** Whoever chose words of their own, perhaps in another language, keeps them as they are. */
function lengthError(words: string, length: number, min = 0, max = longestText): string {
  if (words !== configSchema.properties.questions.properties.stringErrorText.default) return words
  const limit = length < min ? `at least ${min} are needed` : `at most ${max} are allowed`
  return `${words} It has ${length} ${length === 1 ? 'character' : 'characters'}; ${limit}.`
}

function optionsOf(choices: readonly unknown[] | Record<string, unknown>): Option[] {
  if (!Array.isArray(choices)) return Object.entries(choices).map(([label, value]) => ({ label, value }))
  return choices.map((choice: unknown) =>
    Array.isArray(choice)
      ? { label: String(choice[0]), value: choice[1] as unknown }
      : { label: String(choice), value: choice },
  )
}

/** Options that are only known when asked cannot be part of the shape. */
function choiceSchema(text: string, choices: Choices<unknown>, list: () => Option[]) {
  if (typeof choices === 'function') return Type.Unknown({ title: text })
  return Type.Unsafe({ title: text, enum: list().map((option) => option.value) })
}
