import { type ExplainedOccurrence, type OccurrenceWhy, type Stretch, wordsOfCause } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'

type Words = Pick<Texts, 'why' | 'states'>
type Why<K extends OccurrenceWhy['kind']> = Extract<OccurrenceWhy, { kind: K }>
/** Writes an instant as it stands in the sentence. */
type Clock = (at: string) => string

/** Why an occurrence ran or did not, in the language of the reader; as the server wrote it where this page does not know the kind. */
export function occurrenceText({ why, sentence }: ExplainedOccurrence, words: Words, clock: Clock): string {
  switch (why.kind) {
    case 'waits':
    case 'due':
    case 'upcoming':
    case 'unrecorded':
      return words.why[why.kind]
    case 'jobs_disabled':
      return words.why.jobsDisabled
    case 'never_began':
      return words.why.neverBegan(words.states.run[why.state])
    case 'began':
      return began(why, words, clock)
    case 'skipped':
      return joined(skipped(why, words), oneOf(why.span, words, clock))
    case 'missed':
      return joined(why.gap ? off(why.gap, words, clock) : words.why.tooLate, oneOf(why.span, words, clock))
    case 'not_running':
      return off(why.gap, words, clock)
    case 'paused':
      return closed(paused(why, words, clock))
    case 'left_out':
      return closed(words.why.leftOut(why.by, why.reason))
    case 'disabled':
      return disabled(why, words, clock)
    case 'edited':
      return words.why.edited(why.was, why.by, clock(why.at))
    case 'not_created':
      return words.why.notCreated(why.by, clock(why.at))
    case 'not_started':
      return words.why.notStarted(clock(why.starts))
    case 'ended':
      return words.why.hasEnded(clock(why.ends))
    case 'archived':
      return words.why.archived(why.by, clock(why.at))
    default:
      return sentence
  }
}

/** What somebody wrote as the reason may end without a full stop. */
const closed = (sentence: string): string => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`)
const joined = (...sentences: (string | null)[]): string => sentences.filter(Boolean).join(' ')

function began(
  { at, state, ended, done, total }: Why<'began'>,
  { why, states }: Words,
  clock: Clock,
): string {
  const word = states.run[state]
  if (!ended) return why.running(clock(at), word)
  return total > 0 ? why.endedOf(clock(at), word, done, total) : why.ended(clock(at), word)
}

function skipped({ cause, reason, detail }: Why<'skipped'>, { why, states }: Words): string {
  if (cause) return closed(wordsOfCause(cause, why.causes))
  return reason ? states.skip[reason] : (detail ?? why.skipped)
}

const paused = ({ scope, by, at, reason }: Why<'paused'>, { why }: Words, clock: Clock): string =>
  scope === 'job' ? why.jobPaused(by, clock(at), reason) : why.schedulerPaused(by, clock(at), reason)

const oneOf = (span: Why<'missed'>['span'], { why }: Words, clock: Clock): string | null =>
  span && why.oneOf(span.count, clock(span.from), clock(span.to))

function off({ from, to }: Stretch, { why }: Words, clock: Clock): string {
  if (from === null) return to === null ? why.off : why.offUntil(clock(to))
  return to === null ? why.offSince(clock(from)) : why.offBetween(clock(from), clock(to))
}

function disabled({ since, until }: Why<'disabled'>, { why }: Words, clock: Clock): string {
  if (!until) return since ? why.isDisabledBy(since.by, clock(since.at)) : why.isDisabled
  return since
    ? why.wasDisabledBy(since.by, clock(since.at), until.by, clock(until.at))
    : why.wasDisabled(until.by, clock(until.at))
}
