import { type Static, Type } from '@sinclair/typebox'
import { Instant, Nullable, OneOf } from './common.ts'
import { SchedulerState } from './scheduler.ts'

export const TelegramState = OneOf(['connected', 'unreachable', 'conflict', 'unauthorized'])
export type TelegramState = Static<typeof TelegramState>

/** Why what the bot does cannot be recorded, so that it does nothing. */
export const DegradedReason = OneOf(['full', 'readonly', 'io', 'corrupt', 'vanished'])
export type DegradedReason = Static<typeof DegradedReason>

export const Readiness = Type.Object({
  store: OneOf(['open', 'closed']),
  degraded: Nullable(
    Type.Object({
      reason: DegradedReason,
      since: Instant,
      detail: Type.String({ description: 'What is the matter, in a sentence that names no files' }),
    }),
  ),
  scheduler: SchedulerState,
  telegram: TelegramState,
})
export type Readiness = Static<typeof Readiness>
