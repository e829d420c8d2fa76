import { errorCodes, problemType } from '@kamihi/contracts'
import { brokenRules } from '@kamihi/contracts/check'
import { ApiError } from '@kamihi/contracts/client'
import type { Static, TSchema } from '@sinclair/typebox'
import * as t from '../../texts/index.ts'
import { knowRefusals } from './refusalWords.ts'

// What is refused here comes without an answer of the server, with which their words would be fetched.
knowRefusals({ issues: t.issues, problems: t.problems })

/** Messages of what is wrong with a draft, found without the server. */
export const refusalOf = (schema: TSchema, draft: unknown): ApiError | null => {
  const errors = brokenRules(schema, draft)
  if (errors.length === 0) return null
  const { status, title } = errorCodes.invalid_request
  const code = 'invalid_request'
  return new ApiError({ type: problemType(code), title, status, code, errors }, null)
}

/**
 * What was typed, to be sent.
 * @throws ApiError as the server would answer, when it breaks the schema
 */
export function checked<S extends TSchema>(schema: S, draft: Static<S>): Static<S> {
  const refusal = refusalOf(schema, draft)
  if (refusal) throw refusal
  return draft
}
