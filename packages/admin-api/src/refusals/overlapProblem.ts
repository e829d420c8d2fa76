import { fieldIssue, type OnOverlap, type Run } from '@kamihi/contracts'
import { ApiProblem } from './problem.ts'

/** Another run of the job is open: which one, and what may be done about it. `choices`: what the request may be sent again with. */
export function overlapProblem(blocking: Run, choices: OnOverlap[]): ApiProblem {
  return new ApiProblem('overlap', {
    issue: { kind: 'run_open', runId: blocking.id, choices },
    current: blocking,
    ...(choices.length > 0
      ? { errors: [fieldIssue('/onOverlap', { kind: 'may_say_overlap' }, { allowed: choices })] }
      : {}),
  })
}
