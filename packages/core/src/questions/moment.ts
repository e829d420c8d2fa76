import { Type } from '@sinclair/typebox'
import {
  type AnswerContext,
  AnswerError,
  type CommonOptions,
  defineQuestion,
  type Question,
} from './question.ts'

type ErrorText = 'dateErrorText' | 'timeErrorText' | 'datetimeErrorText'

/** A question for a day, a time, or both; `toIso` makes an ISO instant of the answer. */
export function moment(
  text: string,
  options: CommonOptions<string>,
  form: RegExp,
  format: string,
  errorText: ErrorText,
  toIso: (answer: string) => string,
): Question<string> {
  return defineQuestion({
    ...options,
    text,
    schema: Type.String({ title: text, format }),
    parse(answer, { config }: AnswerContext) {
      const given = answer.trim()
      if (!form.test(given) || !exists(toIso(given))) throw new AnswerError(config.questions[errorText])
      return given
    },
  })
}

/** JavaScript reads 30 February as 2 March; a moment that exists reads as it was written. */
function exists(iso: string): boolean {
  const at = Date.parse(iso)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso.slice(0, 16))
}
