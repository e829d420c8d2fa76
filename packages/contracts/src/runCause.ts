import { type Static, Type } from '@sinclair/typebox'
import { caseOf, Id, Nullable, OneOf } from './common.ts'

const asked = { by: Type.String(), reason: Nullable(Type.String()) }

/** Why a run was skipped, or ended before it could be finished: from this, clients make a sentence in the language of their reader. */
export const RunCause = Type.Union([
  caseOf('overlap', { runId: Id }),
  caseOf('displaced', {}),
  caseOf('no_recipients', {}),
  caseOf('action_missing', { action: Type.String() }),
  caseOf('missed', { count: Type.Integer() }),
  caseOf('paused', { scope: OneOf(['job', 'scheduler']), ...asked }),
  caseOf('requested', asked),
  caseOf('restored', {}),
])
export type RunCause = Static<typeof RunCause>
/** A sentence for each kind of cause. */
export type RunCauseWords = {
  [K in RunCause['kind']]: (cause: Extract<RunCause, { kind: K }>) => string
}
