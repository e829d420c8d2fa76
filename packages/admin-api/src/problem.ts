import { type ErrorCode, errorCodes, type Problem } from '@kamihi/contracts'

export type FieldError = NonNullable<Problem['errors']>[number]

export interface ProblemDetails {
  /** What was wrong and what to do, in a sentence. */
  detail?: string
  errors?: FieldError[]
  /** The entity as it is now. */
  current?: unknown
  retryAfterSeconds?: number
}

/** A refusal with a code of the table; the error handler turns it into problem+json. */
export class ApiProblem extends Error {
  readonly code: ErrorCode
  readonly details: ProblemDetails
  constructor(code: ErrorCode, details: ProblemDetails = {}) {
    super(details.detail ?? errorCodes[code].title)
    this.name = 'ApiProblem'
    this.code = code
    this.details = details
  }
}

/** The body of a refusal. */
export function problemBody(code: ErrorCode, details: ProblemDetails, requestId: string): Problem {
  const { status, title } = errorCodes[code]
  return {
    type: `https://kamihi.dev/errors/${code}`,
    title,
    status,
    code,
    requestId,
    ...(details.detail ? { detail: details.detail } : {}),
    ...(details.errors ? { errors: details.errors } : {}),
    ...(details.current !== undefined ? { current: details.current } : {}),
  }
}
