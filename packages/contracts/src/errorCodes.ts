import { type Static, Type } from '@sinclair/typebox'
import { Issue } from './issue.ts'

/** Every code of a refused request: its HTTP status and its title. Documented in docs/reference/errors.md. */
export const errorCodes = {
  invalid_request: { status: 422, title: 'The request has invalid fields.' },
  malformed_body: { status: 400, title: 'The body is not the JSON that was expected.' },
  invalid_cron: { status: 422, title: 'Invalid cron expression.' },
  invalid_period: { status: 422, title: 'The job would never run between its start and its end.' },
  invalid_timezone: { status: 422, title: 'Unknown time zone.' },
  invalid_args: { status: 422, title: 'The arguments do not fit the action.' },
  unknown_reference: { status: 422, title: 'The request names something that does not exist.' },
  unknown_action: { status: 422, title: 'There is no such action.' },
  weak_password: { status: 422, title: 'Choose another password.' },
  not_found: { status: 404, title: 'There is no such thing here.' },
  duplicate: { status: 409, title: 'This exists already.' },
  version_conflict: { status: 409, title: 'Somebody else changed this meanwhile.' },
  jobs_disabled: { status: 409, title: 'Jobs are disabled.' },
  idempotency_mismatch: { status: 409, title: 'This key was used for another request.' },
  overlap: { status: 409, title: 'Another run of this job has not ended.' },
  run_finished: { status: 409, title: 'The run has already ended.' },
  run_not_finished: { status: 409, title: 'The run has not ended yet.' },
  run_not_paused: { status: 409, title: 'The run is not paused.' },
  nothing_to_retry: { status: 409, title: 'Every delivery of this run succeeded.' },
  not_retryable: { status: 409, title: 'This delivery cannot be sent again.' },
  delivery_not_waiting: { status: 409, title: 'This delivery does not wait any more.' },
  not_uncertain: { status: 409, title: 'It is not in doubt whether this arrived.' },
  slot_closed: { status: 409, title: 'The job cannot be run for that time.' },
  bot_not_connected: { status: 409, title: 'No bot is connected.' },
  not_scheduled: { status: 422, title: 'The job does not run at that time.' },
  action_missing: { status: 409, title: 'The action of this job is not in the code.' },
  setup_done: { status: 409, title: 'The first owner exists already.' },
  setup_required: { status: 401, title: 'Open the set-up link printed on the console first.' },
  setup_token_invalid: { status: 403, title: 'This set-up link is not valid any more.' },
  invalid_credentials: { status: 401, title: 'User name or password is wrong.' },
  wrong_password: { status: 422, title: 'The password is wrong.' },
  reauth_required: { status: 403, title: 'Enter your password again first.' },
  session_required: { status: 403, title: 'Only a person who signed in may do this.' },
  bot_code_required: { status: 401, title: 'Enter the code that the bot has sent.' },
  bot_code_invalid: { status: 401, title: 'The code is wrong or not valid any more.' },
  bot_code_off: { status: 403, title: 'The bot sends no codes.' },
  password_off: { status: 403, title: 'Nobody signs in with a password here.' },
  telegram_not_linked: { status: 403, title: 'The account has no Telegram user.' },
  link_invalid: { status: 403, title: 'This link is not valid any more.' },
  last_owner: { status: 409, title: 'Somebody has to be the owner.' },
  unauthenticated: { status: 401, title: 'Sign in first.' },
  forbidden: { status: 403, title: 'Your role does not allow this.' },
  csrf: { status: 403, title: 'The request comes from another site.' },
  token_in_query: { status: 400, title: 'A token belongs in the Authorization header.' },
  unsupported_media_type: { status: 415, title: 'Send JSON.' },
  body_too_large: { status: 413, title: 'The body is too large.' },
  too_many_requests: { status: 429, title: 'Too many requests. Wait and try again.' },
  unavailable: { status: 503, title: 'Not available right now. Try again shortly.' },
  internal: { status: 500, title: 'Something went wrong on our side.' },
} as const

export type ErrorCode = keyof typeof errorCodes

/** The `type` of a problem: an address that stands for its code. */
export const problemType = (code: ErrorCode): string => `https://kamihi.dev/errors/${code}`

/** `application/problem+json` (RFC 9457) with a stable code and the fields at fault. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.Unsafe<ErrorCode>({ type: 'string', enum: Object.keys(errorCodes) }),
  detail: Type.Optional(Type.String({ description: 'What was wrong and what to do, in English' })),
  issue: Type.Optional(Issue),
  requestId: Type.Optional(Type.String()),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        path: Type.String({ description: 'JSON pointer into the body, or the name of a parameter' }),
        message: Type.String(),
        issue: Type.Optional(Issue),
        given: Type.Optional(Type.Unknown()),
        allowed: Type.Optional(Type.Unknown()),
      }),
    ),
  ),
  current: Type.Optional(
    Type.Unknown({ description: 'The entity as it is now (version_conflict, overlap)' }),
  ),
})
export type Problem = Static<typeof Problem>
