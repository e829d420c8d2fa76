import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Id, Nullable, OneOf } from './common.ts'

const cause = <const K extends string, P extends Record<string, TSchema>>(kind: K, properties: P) =>
  Type.Object({ kind: Type.Literal(kind), ...properties })
const asked = { by: Type.String(), reason: Nullable(Type.String()) }

/** Why a run was skipped, or ended before it could be finished: from this, clients make a sentence in the language of their reader. */
export const RunCause = Type.Union([
  cause('overlap', { runId: Id }),
  cause('displaced', {}),
  cause('no_recipients', {}),
  cause('action_missing', { action: Type.String() }),
  cause('missed', { count: Type.Integer() }),
  cause('paused', { scope: OneOf(['job', 'scheduler']), ...asked }),
  cause('requested', asked),
  cause('restored', {}),
])
export type RunCause = Static<typeof RunCause>
/** A sentence for each kind of cause. */
export type RunCauseWords = {
  [K in RunCause['kind']]: (cause: Extract<RunCause, { kind: K }>) => string
}
