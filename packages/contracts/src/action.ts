import { type Static, Type } from '@sinclair/typebox'
import { Instant, JsonObject, listQuery, Nullable, OneOf } from './common.ts'

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
  jobCount: Type.Integer(),
  updatedAt: Instant,
})
export type Action = Static<typeof Action>

export const ActionQuery = Type.Object(
  { ...listQuery, state: Type.Optional(ActionState) },
  { additionalProperties: false },
)
export type ActionQuery = Static<typeof ActionQuery>
