import { type Static, Type } from '@sinclair/typebox'
import { Instant, JsonObject, listQuery, Nullable, OneOf, sortedBy } from './common.ts'

/** `loaded`: in code and usable · `broken`: its file failed to load · `archived`: gone from code, its permissions and jobs wait for it. */
export const actionStates = ['loaded', 'broken', 'archived'] as const
export const ActionState = OneOf(actionStates)
export type ActionState = Static<typeof ActionState>

export const Action = Type.Object({
  name: Type.String(),
  commands: Type.Array(Type.String()),
  description: Nullable(Type.String()),
  state: ActionState,
  error: Nullable(Type.String({ description: 'Why it is broken, with path and line' })),
  argsSchema: Type.Union([JsonObject, Type.Null()], { description: 'JSON Schema of its args' }),
  idempotent: Type.Boolean(),
  permissionCount: Type.Integer(),
  jobCount: Type.Integer({ description: 'Jobs that are not archived' }),
  peopleCount: Type.Integer({ description: 'Distinct people who may use it now, admins included' }),
  lastRunAt: Nullable(
    Type.String({
      format: 'date-time',
      description: 'When a job last began to run it; commands leave no record',
    }),
  ),
  updatedAt: Instant,
})
export type Action = Static<typeof Action>

export const ActionQuery = Type.Object(
  {
    ...listQuery,
    ...sortedBy(['name', 'updatedAt']),
    state: Type.Optional(ActionState),
    hasJobs: Type.Optional(Type.Boolean({ description: 'Whether a job that is not archived runs it' })),
  },
  { additionalProperties: false },
)
export type ActionQuery = Static<typeof ActionQuery>
