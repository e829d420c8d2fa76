import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, listQuery, sortedBy, Version } from './common.ts'

/** Grants one action to users and to members of roles. */
export const Permission = Type.Object({
  id: Id,
  action: Type.String(),
  userIds: Type.Array(Id),
  roleIds: Type.Array(Id),
  peopleCount: Type.Integer({ description: 'Distinct people it reaches now' }),
  createdAt: Instant,
  updatedAt: Instant,
  version: Version,
})
export type Permission = Static<typeof Permission>

const fields = {
  action: Type.String({ minLength: 1, maxLength: 100 }),
  userIds: Type.Array(Id, { maxItems: 10_000 }),
  roleIds: Type.Array(Id, { maxItems: 10_000 }),
}
export const PermissionCreate = Type.Object(
  { action: fields.action, userIds: Type.Optional(fields.userIds), roleIds: Type.Optional(fields.roleIds) },
  { additionalProperties: false },
)
export type PermissionCreate = Static<typeof PermissionCreate>

export const PermissionUpdate = Type.Object(
  { version: Version, ...Type.Partial(Type.Object(fields)).properties },
  { additionalProperties: false },
)
export type PermissionUpdate = Static<typeof PermissionUpdate>

export const PermissionQuery = Type.Object(
  {
    ...listQuery,
    ...sortedBy(['action', 'createdAt', 'updatedAt']),
    action: Type.Optional(Type.String()),
    userId: Type.Optional(Id),
    roleId: Type.Optional(Id),
  },
  { additionalProperties: false },
)
export type PermissionQuery = Static<typeof PermissionQuery>
