import { type Static, Type } from '@sinclair/typebox'
import { Instant, Nullable, OneOf } from './common.ts'
import { Pause } from './job.ts'

export const schedulerStates = ['running', 'standby', 'paused', 'stopped', 'disabled'] as const
/** `standby`: another process does the work. `disabled`: `jobs.enabled` is off. */
export const SchedulerState = OneOf(schedulerStates)
export type SchedulerState = Static<typeof SchedulerState>

/** How the scheduler is, as the process that answers sees it. */
export const SchedulerStatus = Type.Object({
  state: SchedulerState,
  paused: Nullable(Pause),
  lastTickAt: Nullable(
    Type.String({
      format: 'date-time',
      description: 'When a scheduler, of whichever process, last looked; at most 30 s ago while one works',
    }),
  ),
  nextDueAt: Nullable(Instant),
  lagMs: Type.Integer({
    description: 'By how much the job that waits longest is late; 0 when none does, or when it is paused',
  }),
})
export type SchedulerStatus = Static<typeof SchedulerStatus>

const Reason = Type.Optional(
  Type.String({ maxLength: 500, description: 'Shown to whoever asks why nothing ran' }),
)

export const PauseRequest = Type.Object({ reason: Reason }, { additionalProperties: false })
export type PauseRequest = Static<typeof PauseRequest>

/** Leaves one future occurrence out; which one: by default the next. */
export const SkipRequest = Type.Object(
  { scheduledFor: Type.Optional(Instant), reason: Reason },
  { additionalProperties: false },
)
export type SkipRequest = Static<typeof SkipRequest>
