import {
  type ErrorCode,
  errorCodes,
  type Issue,
  issueWords,
  type Problem,
  problemType,
  wordsOfIssue,
} from '@kamihi/contracts'

export type FieldError = NonNullable<Problem['errors']>[number]

export interface ProblemDetails {
  /** What was wrong and what to do. */
  issue?: Issue
  /** The same in words where nobody but a developer reads it; with an issue, its English is taken. */
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
    super(detailOf(details) ?? (sentencesOf(details) || errorCodes[code].title))
    this.name = 'ApiProblem'
    this.code = code
    this.details = details
  }
}

const detailOf = ({ issue, detail }: ProblemDetails): string | undefined =>
  issue ? wordsOfIssue(issue, issueWords) : detail

const sentencesOf = ({ errors = [] }: ProblemDetails): string =>
  errors.map(({ message }) => message).join(' ')

/** The body of a refusal. */
export function problemBody(code: ErrorCode, details: ProblemDetails, requestId: string): Problem {
  const { status, title } = errorCodes[code]
  const detail = detailOf(details)
  return {
    type: problemType(code),
    title,
    status,
    code,
    requestId,
    ...(detail ? { detail } : {}),
    ...(details.issue ? { issue: details.issue } : {}),
    ...(details.errors ? { errors: details.errors } : {}),
    ...(details.current !== undefined ? { current: details.current } : {}),
  }
}
