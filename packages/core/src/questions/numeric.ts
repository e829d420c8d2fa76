import { Type } from '@sinclair/typebox'
import { AnswerError, type CommonOptions, defineQuestion, type Question } from './question.ts'

export interface NumberOptions extends CommonOptions<number> {
  min?: number
  max?: number
  lessThan?: number
  greaterThan?: number
  multipleOf?: number
}

/** A question for a number. */
export function numeric(text: string, options: NumberOptions, whole: boolean): Question<number> {
  const { min, max, lessThan, greaterThan, multipleOf } = options
  const limits = {
    minimum: min,
    maximum: max,
    exclusiveMaximum: lessThan,
    exclusiveMinimum: greaterThan,
    multipleOf,
  }
  const given = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined))
  const schema = whole ? Type.Integer({ title: text, ...given }) : Type.Number({ title: text, ...given })
  const kind = whole ? 'integer' : 'number'
  return defineQuestion({
    ...options,
    text,
    schema,
    parse(answer, { config }) {
      const value = numberIn(answer.trim(), whole)
      if (value === null) throw new AnswerError(config.questions.integerErrorText)
      if (max !== undefined && value > max)
        throw new AnswerError(`The provided ${kind} must be less than or equal to ${max}.`)
      if (min !== undefined && value < min)
        throw new AnswerError(`The provided ${kind} must be greater than or equal to ${min}.`)
      if (lessThan !== undefined && value >= lessThan)
        throw new AnswerError(`The provided ${kind} must be less than ${lessThan}.`)
      if (greaterThan !== undefined && value <= greaterThan)
        throw new AnswerError(`The provided ${kind} must be greater than ${greaterThan}.`)
      if (multipleOf !== undefined && !isMultiple(value, multipleOf))
        throw new AnswerError(`The provided ${kind} must be a multiple of ${multipleOf}.`)
      return value
    },
  })
}

/** A number as people write it, `1_000` too; what only programmers write (`0x10`) is none. */
function numberIn(answer: string, whole: boolean): number | null {
  const form = whole ? /^[+-]?\d+(_\d+)*$/ : /^[+-]?\d+(_\d+)*(\.\d+)?(e[+-]?\d+)?$/i
  const value = form.test(answer) ? Number(answer.replaceAll('_', '')) : Number.NaN
  return (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) ? value : null
}

/** 0.3 is a multiple of 0.1, although their remainder as binary fractions is not zero. */
function isMultiple(value: number, of: number): boolean {
  const times = value / of
  return Math.abs(times - Math.round(times)) < 1e-9
}
