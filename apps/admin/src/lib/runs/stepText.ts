import type { Run, RunStep } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'
import { verdictOf } from '../home/verdict.ts'
import { causeText, failureText } from './failureText.ts'

type Words = Pick<Texts, 'common' | 'runs' | 'states' | 'why'>

/** Who, why or how many at a step of a run, in the language of the reader; null where there is nothing to tell. */
export function stepText(step: RunStep, run: Run, words: Words, time: (at: string) => string): string | null {
  if (step.detail === null) return null
  const { timeline } = words.runs
  switch (step.kind) {
    case 'due':
      return run.missed && timeline.firstOf(run.missed.count, time(run.missed.to))
    case 'queued':
      return requested(run, words)
    case 'audience_resolved':
      return words.common.people(run.counts.total)
    case 'action_called':
      return timeline.onceForAll
    case 'action_returned':
      return words.common.messages(run.output?.length ?? 0)
    case 'waited':
      return step.wait && timeline.waitUntil(time(step.wait.until), step.wait.count)
    case 'last_sent':
      return timeline.sent(run.counts.sent)
    case 'paused':
    case 'resumed':
    case 'cancel_requested':
      return step.by === null ? null : timeline.by(step.by, step.reason)
    case 'finished':
      return (
        causeText(run, words.why) ?? (run.error ? failureText(run.error, words.why) : verdictOf(run, words))
      )
    default:
      return step.detail
  }
}

function requested({ requestedBy, retryOf, dryRun }: Run, { runs: { timeline } }: Words): string {
  const what = retryOf === null ? (dryRun ? timeline.dryRun : timeline.byHand) : timeline.again
  return requestedBy === null ? what : timeline.askedBy(what, requestedBy)
}
