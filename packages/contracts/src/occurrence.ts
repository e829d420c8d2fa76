import { type Static, Type } from '@sinclair/typebox'
import { caseOf, Id, Instant, Nullable, OneOf } from './common.ts'
import { RunState, SkipReason } from './run.ts'
import { RunCause } from './runCause.ts'

/** What became of a time at which a job was to run, or why nothing did. */
export const occurrenceOutcomes = [
  /** It has a run, which may still go on. */
  'ran',
  /** It has a run that ended at once: another had not ended, nobody to run it for, the action is gone. */
  'skipped',
  /** Nobody was there to run it; one row stands for all that was missed together. */
  'missed',
  /** The job or the scheduler is or was paused. */
  'paused',
  /** Somebody asked to leave it out. */
  'requested',
  'disabled',
  /** The schedule was another one at that time. */
  'edited',
  'not_created',
  /** It lies before the start of the job. */
  'not_started',
  /** It lies after the end of the job. */
  'ended',
  'archived',
  /** No scheduler was at work, and no later one has written down what was missed. */
  'not_running',
  /** `jobs.enabled` is off. */
  'jobs_disabled',
  /** Its time has come just now. */
  'due',
  'upcoming',
  /** Nothing is known of it any more. */
  'unrecorded',
] as const
export const OccurrenceOutcome = OneOf(occurrenceOutcomes)
export type OccurrenceOutcome = Static<typeof OccurrenceOutcome>

/** Of these it is known that nothing ran, and nothing will: a run by hand may stand for such a time. */
export const slotOutcomes: readonly OccurrenceOutcome[] = [
  'skipped',
  'missed',
  'paused',
  'requested',
  'disabled',
]

/** Instants between which something held; null: not known, or still. */
export const Stretch = Type.Object({ from: Nullable(Instant), to: Nullable(Instant) })
export type Stretch = Static<typeof Stretch>

/** Where one row stands for several times. */
const Span = Type.Object({ from: Instant, to: Instant, count: Type.Integer() })
const Deed = Type.Object({ at: Instant, by: Type.String() })
const asked = { by: Type.String(), reason: Nullable(Type.String()) }

/** The evidence for what became of an occurrence: from this, clients make a sentence in the language of their reader. */
export const OccurrenceWhy = Type.Union([
  caseOf('waits', {}),
  caseOf('never_began', { state: RunState }),
  caseOf('began', {
    at: Instant,
    state: RunState,
    ended: Type.Boolean(),
    done: Type.Integer({ description: 'Recipients for whom nothing is left to do' }),
    total: Type.Integer(),
  }),
  caseOf('skipped', {
    reason: Nullable(SkipReason),
    cause: Nullable(RunCause),
    detail: Nullable(Type.String({ description: 'The cause in words, in English' })),
    span: Nullable(Span),
  }),
  caseOf('missed', { gap: Nullable(Stretch), span: Nullable(Span) }),
  caseOf('paused', { scope: OneOf(['job', 'scheduler']), at: Instant, ...asked }),
  caseOf('left_out', asked),
  caseOf('disabled', { since: Nullable(Deed), until: Nullable(Deed) }),
  caseOf('edited', { was: Type.String(), ...Deed.properties }),
  caseOf('not_created', Deed.properties),
  caseOf('archived', Deed.properties),
  caseOf('not_started', { starts: Instant }),
  caseOf('ended', { ends: Instant }),
  caseOf('not_running', { gap: Stretch }),
  caseOf('jobs_disabled', {}),
  caseOf('due', {}),
  caseOf('upcoming', {}),
  caseOf('unrecorded', {}),
])
export type OccurrenceWhy = Static<typeof OccurrenceWhy>

export const ExplainedOccurrence = Type.Object({
  at: Instant,
  local: Type.String({ description: 'Wall clock in the job’s zone with weekday and offset' }),
  outcome: OccurrenceOutcome,
  sentence: Type.String({ description: 'What happened, with the evidence, in English' }),
  why: OccurrenceWhy,
  run: Nullable(Type.Object({ id: Id, state: RunState })),
  from: Nullable(Type.String({ description: 'Since when that held: an outage, a pause, being disabled' })),
  to: Nullable(Type.String({ description: 'Until when; null: it still does, or it is not known' })),
})
export type ExplainedOccurrence = Static<typeof ExplainedOccurrence>

export const OccurrencesQuery = Type.Object(
  {
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
  },
  { additionalProperties: false },
)
export type OccurrencesQuery = Static<typeof OccurrencesQuery>

/** Every time between `from` and `to` at which the job was or is to run, oldest first. */
export const Occurrences = Type.Object({
  from: Instant,
  to: Instant,
  items: Type.Array(ExplainedOccurrence, { description: 'At most 100' }),
  truncated: Type.Boolean({ description: 'There are more: ask again from after the last one' }),
})
export type Occurrences = Static<typeof Occurrences>
