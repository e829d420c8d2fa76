import { type RunStep, type RunStepKind, runStepKinds } from '@kamihi/contracts'
import type { RunTrace } from '@kamihi/store'
import { type Wait, waitsOf } from './waits.ts'

/** What happened to a run, in order, from what is recorded of it; what is not known is left out. */
export function timelineOf(trace: RunTrace): RunStep[] {
  const { run } = trace
  const steps = [
    step('due', run.trigger === 'schedule' ? run.scheduledFor : null, missedText(run)),
    step('queued', run.createdAt, requestText(run)),
    step('started', run.startedAt),
    step('audience_resolved', trace.audienceWrittenAt, counted(run.counts.total, 'recipient')),
    step('action_called', trace.actionStartedAt, 'Once for all'),
    step('action_returned', trace.actionReturnedAt, counted(run.output?.length ?? 0, 'message')),
    step('first_sent', trace.firstSentAt),
    // Which one is the last is known only when there are no more.
    step('last_sent', run.finishedAt === null ? null : trace.lastSentAt, `${run.counts.sent} sent`),
    ...waitsOf(trace.waits).map(waitStep),
    ...trace.interventions.map(interventionStep),
    step('finished', run.finishedAt, endText(run)),
  ]
  return steps.filter((one) => one !== null).sort(inOrder)
}

type Extra = Pick<RunStep, 'by' | 'reason' | 'wait'>
const nothing: Extra = { by: null, reason: null, wait: null }

function step(
  kind: RunStepKind,
  at: string | number | null,
  detail: string | null = null,
  extra: Partial<Extra> = {},
): RunStep | null {
  return at === null ? null : { kind, at: new Date(at).toISOString(), ...nothing, ...extra, detail }
}

/** By time; at the same instant in the order in which things happen. */
const inOrder = (a: RunStep, b: RunStep): number =>
  a.at === b.at ? runStepKinds.indexOf(a.kind) - runStepKinds.indexOf(b.kind) : a.at < b.at ? -1 : 1

const interventionKinds = { paused: 'paused', resumed: 'resumed', cancelled: 'cancel_requested' } as const

function interventionStep({ kind, at, by, reason }: RunTrace['interventions'][number]): RunStep | null {
  return step(interventionKinds[kind], at, `By ${by}${reason === null ? '' : `: ${reason}`}`, { by, reason })
}

function waitStep({ from, until, count }: Wait): RunStep | null {
  const end = new Date(until).toISOString()
  const times = count === 1 ? '' : ` (asked ${count} times)`
  return step('waited', from, `Telegram asked to wait until ${end}${times}`, { wait: { until: end, count } })
}

const counted = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`

function missedText({ missed }: RunTrace['run']): string | null {
  if (!missed || missed.count === 1) return null
  return `The first of ${missed.count} occurrences, the last was due at ${missed.to}`
}

function requestText({ trigger, requestedBy, retryOf, dryRun }: RunTrace['run']): string | null {
  if (trigger === 'schedule') return null
  const what =
    retryOf === null ? (dryRun ? 'A dry run' : 'Run by hand') : 'For those whom another run did not reach'
  return requestedBy === null ? what : `${what}, asked for by ${requestedBy}`
}

function endText({ state, reason, reasonDetail, error, counts }: RunTrace['run']): string {
  const why = reasonDetail ?? error?.message ?? null
  if (state === 'skipped') return `skipped (${reason})${why === null ? '' : `: ${why}`}`
  if (why !== null) return `${state}: ${why}`
  return counts.total === 0 ? state : `${state}: ${counts.sent + counts.noOutput} of ${counts.total} done`
}
