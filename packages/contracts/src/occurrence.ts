import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, Nullable, OneOf } from './common.ts'
import { RunState } from './run.ts'

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

export const ExplainedOccurrence = Type.Object({
  at: Instant,
  local: Type.String({ description: 'Wall clock in the job’s zone with weekday and offset' }),
  outcome: OccurrenceOutcome,
  sentence: Type.String({ description: 'What happened, with the evidence' }),
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
