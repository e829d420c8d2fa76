import type { OnOverlap, Run } from '@kamihi/contracts'
import { ApiProblem } from './problem.ts'

const words: Record<OnOverlap, string> = {
  wait: 'onOverlap "wait" to run after it',
  replace: 'onOverlap "replace" to cancel it and run now',
}

/** Another run of the job is open: which one, and what may be done about it. `choices`: what the request may be sent again with. */
export function overlapProblem(blocking: Run, choices: OnOverlap[]): ApiProblem {
  const instead = ['Wait for it or cancel it', ...choices.map((choice) => words[choice])].join(', or send ')
  return new ApiProblem('overlap', {
    detail: `Run ${blocking.id} of this job has not ended. ${instead}.`,
    current: blocking,
    ...(choices.length > 0
      ? {
          errors: [
            {
              path: '/onOverlap',
              message: 'may say what to do about the run that is open',
              allowed: choices,
            },
          ],
        }
      : {}),
  })
}
