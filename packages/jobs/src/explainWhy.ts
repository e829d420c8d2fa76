import type { OccurrenceWhy, Run, Stretch } from '@kamihi/contracts'
import type { Deed, Explanation } from './decide/explain.ts'
import type { Gap } from './decide/workingHours.ts'

/** An explanation as data that people elsewhere can make sentences of. */
export function whyOf(explanation: Explanation): OccurrenceWhy {
  switch (explanation.outcome) {
    case 'ran':
      return ranAs(explanation.run)
    case 'skipped':
      return skipped(explanation.run)
    case 'missed': {
      const { gap, run } = explanation
      return { kind: 'missed', gap: gap && stretchOf(gap), span: spanOf(run) }
    }
    case 'paused': {
      if (explanation.run) return skipped(explanation.run)
      const { scope, pause } = explanation
      return { kind: 'paused', scope, at: iso(pause.at), by: pause.by, reason: pause.reason }
    }
    case 'requested': {
      if (explanation.run) return skipped(explanation.run)
      return { kind: 'left_out', by: explanation.skip.by, reason: explanation.skip.reason }
    }
    case 'disabled': {
      const { since, until } = explanation
      return { kind: 'disabled', since: since && deedOf(since), until: until && deedOf(until) }
    }
    case 'edited':
      return { kind: 'edited', was: explanation.was, ...deedOf(explanation.edit) }
    case 'not_created':
      return { kind: 'not_created', ...deedOf(explanation.created) }
    case 'archived':
      return { kind: 'archived', ...deedOf(explanation.archived) }
    case 'not_started':
      return { kind: 'not_started', starts: iso(explanation.starts) }
    case 'ended':
      return { kind: 'ended', ends: iso(explanation.ends) }
    case 'not_running':
      return { kind: 'not_running', gap: stretchOf(explanation.gap) }
    default:
      return { kind: explanation.outcome }
  }
}

function ranAs({ state, startedAt, finishedAt, counts }: Run): OccurrenceWhy {
  if (startedAt === null) return finishedAt === null ? { kind: 'waits' } : { kind: 'never_began', state }
  const done = counts.sent + counts.noOutput
  return { kind: 'began', at: startedAt, state, ended: finishedAt !== null, done, total: counts.total }
}

const skipped = (run: Run): OccurrenceWhy => ({
  kind: 'skipped',
  reason: run.reason,
  cause: run.cause,
  detail: run.reasonDetail,
  span: spanOf(run),
})

const spanOf = ({ missed }: Run) => (missed && missed.count > 1 ? missed : null)
const deedOf = ({ at, by }: Deed) => ({ at: iso(at), by })
const stretchOf = ({ from, to }: Gap): Stretch => ({
  from: from === null ? null : iso(from),
  to: to === null ? null : iso(to),
})
const iso = (ms: number): string => new Date(ms).toISOString()
