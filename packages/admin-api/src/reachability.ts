import type { User } from '@kamihi/contracts'
import type { CallFailure, ReachabilityCheck } from '@kamihi/core'
import { ApiProblem } from './refusals/problem.ts'

/** The person as Telegram now says that they can be reached, or not. @throws ApiProblem when it did not say */
export function checkedUserOf(check: ReachabilityCheck): User {
  switch (check.kind) {
    case 'checked':
      return check.user
    case 'not_connected':
      throw new ApiProblem('bot_not_connected', { issue: { kind: 'bot_away', detail: check.detail } })
    case 'not_told':
      throw silence(check.failure)
    case 'not_found':
      throw new ApiProblem('not_found', { issue: { kind: 'no_such', thing: 'user' } })
  }
}

function silence(failure: CallFailure): ApiProblem {
  if (failure.kind !== 'retry_after') {
    const detail = 'message' in failure ? failure.message : failure.kind
    return new ApiProblem('unavailable', { issue: { kind: 'telegram_silent', detail } })
  }
  const { seconds } = failure
  return new ApiProblem('unavailable', {
    issue: { kind: 'telegram_wait', seconds },
    retryAfterSeconds: seconds,
  })
}
