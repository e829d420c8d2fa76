import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, listQuery, sortedBy, Version } from './common.ts'

/** A role as lists show it: how many are in it, not who. */
export const RoleSummary = Type.Object({
  id: Id,
  name: Type.String(),
  locked: Type.Boolean({ description: 'Only owners change it, and who has it' }),
  userCount: Type.Integer(),
  permissionCount: Type.Integer(),
  jobCount: Type.Integer(),
  createdAt: Instant,
  updatedAt: Instant,
  version: Version,
})
export type RoleSummary = Static<typeof RoleSummary>

/** A role with its members. */
export const Role = Type.Object({ ...RoleSummary.properties, userIds: Type.Array(Id) })
export type Role = Static<typeof Role>

/** What people lose when a role is removed. Who reaches a job in another way as well, chosen there or by another role, loses nothing. */
export const RoleLoss = Type.Object({
  peopleCount: Type.Integer({ description: 'Members whom at least one job would not reach any more' }),
  jobCount: Type.Integer({
    description: 'Jobs that would not reach somebody any more; archived ones do not count',
  }),
})
export type RoleLoss = Static<typeof RoleLoss>

const name = Type.String({ minLength: 1, maxLength: 100 })
const userIds = Type.Array(Id, { maxItems: 10_000 })
const locked = Type.Boolean({ description: 'For owners' })
export const RoleCreate = Type.Object(
  { name, locked: Type.Optional(locked), userIds: Type.Optional(userIds) },
  { additionalProperties: false },
)
export type RoleCreate = Static<typeof RoleCreate>

export const RoleUpdate = Type.Object(
  {
    version: Version,
    name: Type.Optional(name),
    locked: Type.Optional(locked),
    userIds: Type.Optional(userIds),
  },
  { additionalProperties: false },
)
export type RoleUpdate = Static<typeof RoleUpdate>

export const RoleQuery = Type.Object(
  { ...listQuery, ...sortedBy(['name', 'createdAt', 'updatedAt', 'userCount']) },
  { additionalProperties: false },
)
export type RoleQuery = Static<typeof RoleQuery>
