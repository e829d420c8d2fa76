import type { ExplainedOccurrence, Run } from '@kamihi/contracts'
import type { Explanation } from './decide/explain.ts'
import type { Gap } from './decide/workingHours.ts'
import { localTime } from './schedule/preview.ts'
import { wallAt } from './schedule/zone.ts'

/** An explanation as people read it: one or two sentences, times on the clock of the job's zone. */
export function wordsOf(at: number, zone: string, explanation: Explanation): ExplainedOccurrence {
  const { outcome } = explanation
  const run = 'run' in explanation ? explanation.run : null
  const { from, to } = stretchOf(explanation)
  return {
    at: iso(at),
    local: localTime(zone, at),
    outcome,
    sentence: sentenceOf(explanation, (instant) => clockAt(zone, instant, at)),
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
    case 'disabled':
      return { from: explanation.since?.at ?? null, to: explanation.until?.at ?? null }
    default:
      return { from: null, to: null }
  }
}

type Clock = (instant: number) => string

function sentenceOf(explanation: Explanation, clock: Clock): string {
  switch (explanation.outcome) {
    case 'ran':
      return ranAs(explanation.run, clock)
    case 'skipped':
      return explanation.run.reasonDetail ?? 'It was skipped.'
    case 'missed':
      return missedBecause(explanation.gap, clock) + oneOf(explanation.run, clock)
    case 'paused':
      if (explanation.run)
        return closed(explanation.run.reasonDetail ?? 'Paused') + oneOf(explanation.run, clock)
      return closed(
        `${explanation.scope === 'job' ? 'The job' : 'The scheduler'} is paused by ${explanation.pause.by} since ${clock(explanation.pause.at)}${because(explanation.pause.reason)}`,
      )
    case 'requested':
      if (explanation.run) return closed(explanation.run.reasonDetail ?? 'Somebody asked to leave it out')
      return closed(`${explanation.skip.by} asked to leave it out${because(explanation.skip.reason)}`)
    case 'disabled':
      return disabled(explanation, clock)
    case 'edited':
      return `The schedule was ${explanation.was} until ${explanation.edit.by} changed it at ${clock(explanation.edit.at)}.`
    case 'not_created':
      return `The job did not exist yet: ${explanation.created.by} created it at ${clock(explanation.created.at)}.`
    case 'archived':
      return `${explanation.archived.by} removed the job at ${clock(explanation.archived.at)}.`
    case 'not_running':
      return notRunning(explanation.gap, clock)
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

function ranAs({ state, startedAt, finishedAt, counts }: Run, clock: Clock): string {
  if (startedAt === null)
    return finishedAt === null ? 'It waits for its turn.' : `It ended as ${state} before it began.`
  const began = `It began at ${clock(Date.parse(startedAt))}`
  if (finishedAt === null) return `${began} and is ${state}.`
  const people = counts.total > 0 ? `, ${counts.sent + counts.noOutput} of ${counts.total} done` : ''
  return `${began} and ended as ${state}${people}.`
}

const missedBecause = (gap: Gap | null, clock: Clock): string =>
  gap ? notRunning(gap, clock) : 'The scheduler was at work, but came to it too late.'

function notRunning({ from, to }: Gap, clock: Clock): string {
  if (from === null) return `The bot was not running${to === null ? '' : ` until ${clock(to)}`}.`
  return to === null
    ? `The bot has not been running since ${clock(from)}.`
    : `The bot was not running from ${clock(from)} to ${clock(to)}.`
}

/** Where a row stands for several. */
function oneOf({ missed }: Run, clock: Clock): string {
  if (!missed || missed.count === 1) return ''
  return ` It is one of ${missed.count} that passed from ${clock(Date.parse(missed.from))} to ${clock(Date.parse(missed.to))}.`
}

function disabled({ since, until }: Extract<Explanation, { outcome: 'disabled' }>, clock: Clock): string {
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
