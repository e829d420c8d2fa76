import { type Static, Type } from '@sinclair/typebox'
import { Id, Nullable, OneOf } from './common.ts'
import { RunCounts, RunProgress, RunState } from './run.ts'

/** Live events only make things faster: whoever misses one finds the truth by asking again. */
export const LiveEvent = Type.Union([
  Type.Object({
    type: OneOf([
      'users.changed',
      'roles.changed',
      'permissions.changed',
      'actions.changed',
      'jobs.changed',
      'audit.changed',
      'telegram.changed',
    ]),
    ids: Type.Array(Type.String(), { description: 'What changed; empty: anything of that kind may have' }),
  }),
  Type.Object({
    type: Type.Literal('run.changed'),
    runId: Id,
    jobId: Id,
    state: RunState,
    counts: RunCounts,
    progress: Nullable(RunProgress),
  }),
])
export type LiveEvent = Static<typeof LiveEvent>
