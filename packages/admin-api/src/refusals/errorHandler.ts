import { type ErrorCode, fieldIssue, type Issue } from '@kamihi/contracts'
import { type Logger, reasonOf } from '@kamihi/core'
import { BadCursor, StoreError } from '@kamihi/store'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fieldErrorOf } from './fieldError.ts'
import { ApiProblem, type ProblemDetails, problemBody } from './problem.ts'

/** Every refusal and every failure leaves as problem+json; a failure of ours never tells its message. */
export function handleErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const [code, details] = refusalOf(error, request)
    if (code === 'internal')
      logger.error({ err: error, requestId: request.id, path: request.routeOptions.url }, 'A request failed')
    return sendProblem(request, reply, code, details)
  })
}

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ErrorCode,
  details: ProblemDetails = {},
): FastifyReply {
  const body = problemBody(code, details, request.id)
  if (details.retryAfterSeconds) reply.header('retry-after', details.retryAfterSeconds)
  return reply
    .status(body.status)
    .type('application/problem+json')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body)
}

const byFastifyCode: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_body',
}

function refusalOf(error: FastifyError, request: FastifyRequest): [ErrorCode, ProblemDetails] {
  if (error instanceof ApiProblem) return [error.code, error.details]
  if (error instanceof BadCursor)
    return ['invalid_request', { errors: [fieldIssue('cursor', { kind: 'stale_cursor' })] }]
  if (error instanceof StoreError) return ['unavailable', { issue: issueOf(error), retryAfterSeconds: 1 }]
  if (error.validation) return ['invalid_request', { errors: fieldErrors(error, request) }]
  const known = byFastifyCode[error.code ?? '']
  if (known) return [known, { detail: error.message }]
  // A body that broke off or has another length than it says. What our own code cannot parse has no status.
  if (error.statusCode === 400) return ['malformed_body', { detail: error.message }]
  if (error.statusCode === 429) return ['too_many_requests', {}]
  // A path out of the dashboard's folder is forbidden by the file server; that it exists is nobody's business.
  if (error.statusCode === 404 || error.statusCode === 403) return ['not_found', {}]
  return ['internal', {}]
}

/** Without the names of files, which the error of the store tells. */
function issueOf(error: StoreError): Issue {
  const reason = reasonOf(error)
  if (reason) return { kind: 'database', reason }
  return { kind: error.code === 'busy' ? 'database_locked' : 'database_closed' }
}

function fieldErrors({ validation = [], validationContext }: FastifyError, request: FastifyRequest) {
  const given = { body: request.body, querystring: request.query, params: request.params }
  const part = given[(validationContext ?? 'body') as keyof typeof given]
  return validation.map((issue) => fieldErrorOf(issue, validationContext, part))
}
