import type { Overview } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'
import { titleOf } from '../jobs/jobDraft.ts'

const nearMs = 18 * 3_600_000

/** How times are written where the headline stands. */
export interface Say {
  /** `18:00 CET`. */
  time: (at: number) => string
  /** `Fri 27 Nov, 18:00 CET`. */
  instant: (at: number) => string
  /** `in 12 min`. */
  ago: (at: number) => string
}
export interface Headline {
  tone: 'ok' | 'warn' | 'running' | 'stale'
  text: string
}
type Facts = Pick<Overview, 'jobsEnabled' | 'runsToday' | 'next' | 'attention' | 'running'> & {
  /** Since when the bot does not answer: all else is of before. */
  staleSince: number | null
}

/** How the bot is, in one line: what needs somebody comes first, else what was and what is to come. */
export function headlineOf(facts: Facts, now: number, words: Texts['home']['verdict'], say: Say): Headline {
  if (facts.staleSince !== null) return { tone: 'stale', text: words.unknown(say.time(facts.staleSince)) }
  if (facts.attention.total > 0) return { tone: 'warn', text: words.needsYou(facts.attention.total) }
  if (!facts.jobsEnabled) return { tone: 'warn', text: words.jobsDisabled }
  const today = words.runsToday(facts.runsToday)
  const running = facts.running.total
  if (running > 0) return { tone: 'running', text: words.good(today, words.running(running)) }
  return { tone: 'ok', text: words.good(today, nextWords(facts.next, now, words, say)) }
}

function nextWords(next: Facts['next'], now: number, words: Texts['home']['verdict'], say: Say): string {
  if (!next) return words.nothingPlanned
  const at = Date.parse(next.at)
  if (at <= now) return words.due(titleOf(next))
  return at - now < nearMs
    ? words.next(titleOf(next), say.time(at), say.ago(at))
    : words.nextOn(titleOf(next), say.instant(at), say.ago(at))
}
