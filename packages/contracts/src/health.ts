import { type Static, Type } from '@sinclair/typebox'
import { OneOf } from './common.ts'

export const TelegramState = OneOf(['connected', 'unreachable', 'conflict', 'unauthorized'])
export type TelegramState = Static<typeof TelegramState>

/** Why what the bot does cannot be recorded, so that it does nothing. */
export const DegradedReason = OneOf(['full', 'readonly', 'io', 'corrupt', 'vanished'])
export type DegradedReason = Static<typeof DegradedReason>

/** What is the matter, in English and for anybody: names no files. */
export const degradedWords: Record<DegradedReason, string> = {
  full: 'The disk of the database is full.',
  readonly: 'The database is read-only.',
  io: 'The disk of the database does not answer.',
  corrupt: 'The database is damaged.',
  vanished: 'The file of the database was removed or replaced.',
}

/** For anybody, and so no more than this; what is the matter is told by the health that needs a sign-in. */
export const Readiness = Type.Object({ status: OneOf(['ok', 'not_ok']) })
export type Readiness = Static<typeof Readiness>
