import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, JsonObject, listQuery, Nullable, OneOf, sortedBy } from './common.ts'
import { hiddenFromViewers } from './hidden.ts'
import { Failure } from './run.ts'

/** `loaded`: in code and usable · `broken`: its file failed to load · `archived`: gone from code, its permissions and jobs wait for it. */
export const actionStates = ['loaded', 'broken', 'archived'] as const
export const ActionState = OneOf(actionStates)
export type ActionState = Static<typeof ActionState>

export const Action = Type.Object({
  name: Type.String(),
  commands: Type.Array(Type.String()),
  description: Nullable(Type.String()),
  state: ActionState,
  error: hiddenFromViewers(
    Nullable(Type.String({ description: 'Why it is broken, with path and line' })),
    null,
  ),
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
  lastWeek: Type.Object(
    {
      runs: Type.Integer({ description: 'Neither dry, skipped nor cancelled, and over' }),
      failed: Type.Integer({
        description:
          'Of them, those in which the action or the sending failed, was too late or is in doubt; people who cannot be reached are no failure',
      }),
    },
    { description: 'Runs that began in the last seven days' },
  ),
  updatedAt: Instant,
})
export type Action = Static<typeof Action>

/** Something that went wrong in a run of an action. */
export const ActionError = Type.Object({
  at: Type.String({ format: 'date-time', description: 'When the run began' }),
  runId: Id,
  jobName: Nullable(Type.String()),
  class: Failure.properties.class,
  message: Failure.properties.message,
  count: Type.Integer({ description: 'Recipients for whom it went so, as far as they were looked at' }),
})
export type ActionError = Static<typeof ActionError>

/** Errors of the last runs of an action in which something failed, newest first. */
export const ActionErrors = Type.Object({ items: Type.Array(ActionError) })
export type ActionErrors = Static<typeof ActionErrors>

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
