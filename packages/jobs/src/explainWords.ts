import { type ExplainedOccurrence, type OccurrenceWhy, runCauseWords, type Stretch } from '@kamihi/contracts'
import type { Explanation } from './decide/explain.ts'
import type { Gap } from './decide/workingHours.ts'
import { whyOf } from './explainWhy.ts'
import { localTime } from './schedule/preview.ts'
import { wallAt } from './schedule/zone.ts'

/** An explanation as people read it: one or two sentences, times on the clock of the job's zone. */
export function wordsOf(at: number, zone: string, explanation: Explanation): ExplainedOccurrence {
  const { outcome } = explanation
  const run = 'run' in explanation ? explanation.run : null
  const { from, to } = stretchOf(explanation)
  const why = whyOf(explanation)
  return {
    at: iso(at),
    local: localTime(zone, at),
    outcome,
    sentence: sentenceOf(why, (instant) => clockAt(zone, Date.parse(instant), at)),
    why,
    run: run ? { id: run.id, state: run.state } : null,
    from: from === null ? null : iso(from),
    to: to === null ? null : iso(to),
  }
}

function stretchOf(explanation: Explanation): Gap {
  switch (explanation.outcome) {
    case 'not_running':
      return explanation.gap
    case 'missed':
      return explanation.gap ?? { from: null, to: null }
    case 'paused':
      return { from: explanation.run ? null : explanation.pause.at, to: null }
    case 'not_started':
      return { from: null, to: explanation.starts }
    case 'ended':
      return { from: explanation.ends, to: null }
    case 'disabled':
      return { from: explanation.since?.at ?? null, to: explanation.until?.at ?? null }
    default:
      return { from: null, to: null }
  }
}

type Clock = (instant: string) => string
type Why<K extends OccurrenceWhy['kind']> = Extract<OccurrenceWhy, { kind: K }>

function sentenceOf(why: OccurrenceWhy, clock: Clock): string {
  switch (why.kind) {
    case 'waits':
      return 'It waits for its turn.'
    case 'never_began':
      return `It ended as ${why.state} before it began.`
    case 'began':
      return began(why, clock)
    case 'skipped':
      return closed(why.detail ?? 'It was skipped') + oneOf(why.span, clock)
    case 'missed':
      return missedBecause(why.gap, clock) + oneOf(why.span, clock)
    case 'paused':
      return closed(
        `${why.scope === 'job' ? 'The job' : 'The scheduler'} is paused by ${why.by} since ${clock(why.at)}${because(why.reason)}`,
      )
    case 'left_out':
      return closed(runCauseWords.requested({ ...why, kind: 'requested' }))
    case 'disabled':
      return disabled(why, clock)
    case 'edited':
      return `The schedule was ${why.was} until ${why.by} changed it at ${clock(why.at)}.`
    case 'not_created':
      return `The job did not exist yet: ${why.by} created it at ${clock(why.at)}.`
    case 'archived':
      return `${why.by} removed the job at ${clock(why.at)}.`
    case 'not_started':
      return `The job starts later, at ${clock(why.starts)}.`
    case 'ended':
      return `The job ends earlier, at ${clock(why.ends)}.`
    case 'not_running':
      return notRunning(why.gap, clock)
    case 'jobs_disabled':
      return 'Jobs are disabled: nothing runs until jobs.enabled is true.'
    case 'due':
      return 'Its time has come, and the scheduler has not got to it yet.'
    case 'upcoming':
      return 'It will run at that time.'
    case 'unrecorded':
      return 'Nothing is known of it any more: the job was edited past it, or its history was pruned.'
  }
}

function began({ at, state, ended, done, total }: Why<'began'>, clock: Clock): string {
  const start = `It began at ${clock(at)}`
  if (!ended) return `${start} and is ${state}.`
  return `${start} and ended as ${state}${total > 0 ? `, ${done} of ${total} done` : ''}.`
}

const missedBecause = (gap: Stretch | null, clock: Clock): string =>
  gap ? notRunning(gap, clock) : 'The scheduler was at work, but came to it too late.'

function notRunning({ from, to }: Stretch, clock: Clock): string {
  if (from === null) return `The bot was not running${to === null ? '' : ` until ${clock(to)}`}.`
  return to === null
    ? `The bot has not been running since ${clock(from)}.`
    : `The bot was not running from ${clock(from)} to ${clock(to)}.`
}

/** Where a row stands for several. */
const oneOf = (span: Why<'missed'>['span'], clock: Clock): string =>
  span ? ` It is one of ${span.count} that passed from ${clock(span.from)} to ${clock(span.to)}.` : ''

function disabled({ since, until }: Why<'disabled'>, clock: Clock): string {
  const verb = until ? 'was' : 'is'
  const from = since ? `: ${since.by} switched it off at ${clock(since.at)}` : ''
  const to = until ? `, ${until.by} switched it on again at ${clock(until.at)}` : ''
  return `The job ${verb} disabled${from}${to}.`
}

const because = (reason: string | null): string => (reason ? `: ${reason}` : '')
const closed = (sentence: string): string => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`)
const iso = (ms: number): string => new Date(ms).toISOString()

/** `02:10`, with its date when that is another day than that of the occurrence. */
function clockAt(zone: string, instant: number, occurrence: number): string {
  const wall = new Date(wallAt(zone, instant)).toISOString()
  const sameDay = wall.slice(0, 10) === new Date(wallAt(zone, occurrence)).toISOString().slice(0, 10)
  return sameDay ? wall.slice(11, 16) : `${wall.slice(0, 10)} ${wall.slice(11, 16)}`
}
