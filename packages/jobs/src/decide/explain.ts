import type { AuditEntry, JobTimes, Run } from '@kamihi/contracts'
import type { JobRecord, JobSkip, SchedulerPause, SchedulerPauses } from '@kamihi/store'
import { onTimeMs } from './occurrences.ts'
import { type Gap, gapAt, type Stretch } from './workingHours.ts'

/** All that is known about when a job ran, and when it could have. */
export interface Evidence {
  now: number
  /** Whether jobs run at all: `jobs.enabled`. */
  jobsEnabled: boolean
  job: JobRecord
  /** Rows of the schedule, and runs by hand that stand for a time of it. */
  runs: Run[]
  skips: JobSkip[]
  pauses: SchedulerPauses
  /** What people did to the job, oldest first. */
  history: AuditEntry[]
  /** When a scheduler was at work, oldest first. */
  work: Stretch[]
  /** Whether a schedule of before had an occurrence at an instant. */
  occurred(times: JobTimes, at: number): boolean
}

/** Somebody did something at a time, epoch milliseconds. */
export interface Deed {
  at: number
  by: string
}

/** What became of one occurrence, with the evidence for it. */
export type Explanation =
  | { outcome: 'ran' | 'skipped'; run: Run }
  | { outcome: 'missed'; run: Run; gap: Gap | null }
  | { outcome: 'paused'; run: Run }
  | { outcome: 'paused'; run: null; scope: 'job' | 'scheduler'; pause: SchedulerPause }
  | { outcome: 'requested'; run: Run }
  | { outcome: 'requested'; run: null; skip: JobSkip }
  | { outcome: 'disabled'; since: Deed | null; until: Deed | null }
  | { outcome: 'edited'; edit: Deed; was: string }
  | { outcome: 'not_created'; created: Deed }
  | { outcome: 'archived'; archived: Deed }
  | { outcome: 'not_started'; starts: number }
  | { outcome: 'ended'; ends: number }
  | { outcome: 'not_running'; gap: Gap }
  | { outcome: 'jobs_disabled' | 'due' | 'upcoming' | 'unrecorded' }

/** Why an occurrence ran, or did not: its row tells; without one, what people did, and whether anything was at work. */
export function explain(at: number, evidence: Evidence): Explanation {
  const run = rowOf(at, evidence.runs)
  if (run) return byRow(run, at, evidence)
  return at > evidence.now ? ahead(at, evidence) : unwritten(at, evidence)
}

/** The row of an instant, or the one that stands for a stretch with it. A run that somebody made for it later tells more than either. */
function rowOf(at: number, runs: Run[]): Run | undefined {
  const covers = ({ missed }: Run) => missed && Date.parse(missed.from) <= at && at <= Date.parse(missed.to)
  const ofInstant = runs.filter(({ scheduledFor }) => Date.parse(scheduledFor) === at)
  return ofInstant.find(({ trigger }) => trigger === 'manual') ?? ofInstant[0] ?? runs.find(covers)
}

function byRow(run: Run, at: number, { work, now }: Evidence): Explanation {
  if (run.state !== 'skipped') return { outcome: 'ran', run }
  switch (run.reason) {
    case 'missed':
      return { outcome: 'missed', run, gap: gapAt(at, work, now) }
    case 'paused':
    case 'requested':
      return { outcome: run.reason, run }
    default:
      return { outcome: 'skipped', run }
  }
}

/** What will become of it, as things stand. */
function ahead(at: number, evidence: Evidence): Explanation {
  const skip = evidence.skips.find(({ scheduledFor }) => scheduledFor === at)
  const held =
    isArchived(at, evidence) ??
    outOfBounds(at, evidence.job) ??
    wasDisabled(at, evidence) ??
    isOff(evidence) ??
    isPaused(at, evidence)
  if (held) return held
  return skip ? { outcome: 'requested', run: null, skip } : { outcome: 'upcoming' }
}

/** Its time has come, and nothing is written of it. */
function unwritten(at: number, evidence: Evidence): Explanation {
  const { job, now, work } = evidence
  const cause =
    wasBefore(at, evidence) ??
    isArchived(at, evidence) ??
    wasOther(at, evidence) ??
    outOfBounds(at, timesAt(at, evidence)) ??
    wasDisabled(at, evidence)
  if (cause) return cause
  const isOpen = job.nextRunAt !== null && job.nextRunAt <= at
  const gap = gapAt(at, work, now)
  const idle = gap ? ({ outcome: 'not_running', gap } as const) : null
  if (!isOpen) return idle ?? { outcome: 'unrecorded' }
  return isOff(evidence) ?? isPaused(at, evidence) ?? idle ?? { outcome: 'due' }
}

function wasBefore(at: number, { job, history }: Evidence): Explanation | null {
  if (at >= job.createdAt) return null
  return { outcome: 'not_created', created: { at: job.createdAt, by: whoDid('job.created', history) } }
}

function isArchived(at: number, { job, history }: Evidence): Explanation | null {
  if (job.archivedAt === null || at < job.archivedAt) return null
  return { outcome: 'archived', archived: { at: job.archivedAt, by: whoDid('job.archived', history) } }
}

const isOff = ({ jobsEnabled }: Evidence): Explanation | null =>
  jobsEnabled ? null : { outcome: 'jobs_disabled' }

/** Held now; what had its time just before the pause, and had not begun, is held as well. */
function isPaused(at: number, { job, pauses }: Evidence): Explanation | null {
  const { current } = pauses
  if (current && at > current.at - onTimeMs)
    return { outcome: 'paused', run: null, scope: 'scheduler', pause: current }
  if (job.pausedAt === null || at <= job.pausedAt - onTimeMs) return null
  const pause = { at: job.pausedAt, by: job.pausedBy ?? '', reason: job.pauseReason }
  return { outcome: 'paused', run: null, scope: 'job', pause }
}

const timesKeys = ['cronExpression', 'timezone', 'startsAt', 'endsAt'] as const

/** The schedule was another one then, without this time. */
function wasOther(at: number, evidence: Evidence): Explanation | null {
  const edit = laterEdits(at, evidence).find(({ changes }) => timesKeys.some((key) => changes[key]))
  if (!edit) return null
  const was = timesAt(at, evidence)
  return evidence.occurred(was, at)
    ? null
    : { outcome: 'edited', edit: deedOf(edit), was: timesText(was, evidence.job) }
}

/** When the job ran by itself, as it stood at an instant. */
function timesAt(at: number, evidence: Evidence): JobTimes {
  const later = laterEdits(at, evidence)
  const { cronExpression, timezone, startsAt, endsAt } = evidence.job
  const times: JobTimes = { cronExpression, timezone, startsAt, endsAt }
  const before = timesKeys.flatMap((key) => {
    const changed = later.find(({ changes }) => changes[key])
    return changed ? [[key, changed.changes[key]?.before]] : []
  })
  return { ...times, ...Object.fromEntries(before) }
}

const laterEdits = (at: number, { history }: Evidence): AuditEntry[] =>
  history.filter((entry) => Date.parse(entry.at) > at)

/** Times of before, and of what else was other then. */
function timesText(was: JobTimes, now: JobTimes): string {
  const zone = was.timezone === now.timezone ? '' : ` (${was.timezone ?? 'zone of the settings'})`
  const start = was.startsAt === now.startsAt ? '' : ` from ${was.startsAt ?? 'the beginning'}`
  const end = was.endsAt === now.endsAt ? '' : ` until ${was.endsAt ?? 'further notice'}`
  return `${was.cronExpression}${zone}${start}${end}`
}

/** Before its start, or after its end. */
function outOfBounds(at: number, { startsAt, endsAt }: JobTimes): Explanation | null {
  const starts = startsAt === null ? null : Date.parse(startsAt)
  if (starts !== null && at < starts) return { outcome: 'not_started', starts }
  const ends = endsAt === null ? null : Date.parse(endsAt)
  return ends !== null && at > ends ? { outcome: 'ended', ends } : null
}

/** Disabled at that time: by whom, and until whom. */
function wasDisabled(at: number, { job, history }: Evidence): Explanation | null {
  const switches = history.filter(({ changes }) => changes.enabled)
  const since = switches.findLast((entry) => Date.parse(entry.at) <= at)
  const until = switches.find((entry) => Date.parse(entry.at) > at)
  const wasEnabled = since?.changes.enabled?.after ?? until?.changes.enabled?.before ?? job.enabled
  if (wasEnabled === true) return null
  return {
    outcome: 'disabled',
    since: since ? deedOf(since) : null,
    until: until ? deedOf(until) : null,
  }
}

const deedOf = ({ at, actor }: AuditEntry): Deed => ({ at: Date.parse(at), by: actor.name })

const whoDid = (verb: string, history: AuditEntry[]): string =>
  history.findLast((entry) => entry.verb === verb)?.actor.name ?? 'somebody'
