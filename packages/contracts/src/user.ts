import { type Static, Type } from '@sinclair/typebox'
import {
  Id,
  Instant,
  JsonObject,
  listQuery,
  Nullable,
  OneOf,
  sortedBy,
  TelegramId,
  Version,
} from './common.ts'
import { hiddenFromViewers } from './hidden.ts'

/** Whether messages to the user can arrive, as far as Telegram has told us. */
export const reachabilities = ['ok', 'not_started', 'blocked', 'deactivated', 'not_found'] as const
export const Reachability = OneOf(reachabilities)
export type Reachability = Static<typeof Reachability>

export const User = Type.Object({
  id: Id,
  telegramId: hiddenFromViewers(Type.Integer({ description: 'Viewers get 0' }), 0),
  isAdmin: Type.Boolean({ description: 'May use every action' }),
  name: Nullable(Type.String()),
  profile: hiddenFromViewers(JsonObject, {}),
  roleIds: Type.Array(Id),
  reachability: Reachability,
  unreachableSince: Nullable(Instant),
  lastSeenAt: Nullable(Instant),
  createdAt: Instant,
  updatedAt: Instant,
  version: Version,
})
export type User = Static<typeof User>

/** A user as lists show them. */
export const ListedUser = Type.Object({
  ...User.properties,
  jobCount: Type.Optional(
    Type.Integer({
      description: 'Jobs that reach them, directly or by a role; archived ones do not count. For `countJobs`',
    }),
  ),
})
export type ListedUser = Static<typeof ListedUser>

const fields = {
  isAdmin: Type.Boolean(),
  name: Nullable(Type.String({ maxLength: 200 })),
  profile: JsonObject,
  roleIds: Type.Array(Id, { maxItems: 10_000 }),
}
export const UserCreate = Type.Object(
  { telegramId: TelegramId, ...Type.Partial(Type.Object(fields)).properties },
  { additionalProperties: false },
)
export type UserCreate = Static<typeof UserCreate>

export const UserUpdate = Type.Object(
  {
    version: Version,
    telegramId: Type.Optional(TelegramId),
    ...Type.Partial(Type.Object(fields)).properties,
  },
  { additionalProperties: false },
)
export type UserUpdate = Static<typeof UserUpdate>

export const UserQuery = Type.Object(
  {
    ...listQuery,
    ...sortedBy(['createdAt', 'name', 'telegramId', 'lastSeenAt']),
    roleId: Type.Optional(Id),
    isAdmin: Type.Optional(Type.Boolean()),
    reachability: Type.Optional(Reachability),
    unreachable: Type.Optional(
      Type.Boolean({ description: 'Whether Telegram has told that nothing can reach them' }),
    ),
    hasJobs: Type.Optional(Type.Boolean({ description: 'Whether a job that is not archived reaches them' })),
    jobId: Type.Optional(
      Type.String({ maxLength: 64, description: 'A job that reaches them, directly or by a role' }),
    ),
    countJobs: Type.Optional(Type.Boolean({ description: 'Tell of each how many jobs reach them' })),
  },
  { additionalProperties: false },
)
export type UserQuery = Static<typeof UserQuery>
