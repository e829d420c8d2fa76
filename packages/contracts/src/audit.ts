import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, listQuery, Nullable, OneOf, sortedBy } from './common.ts'

export const ActorKind = OneOf(['account', 'token', 'cli', 'telegram', 'system'])

/** Who did something: an account or token of the API, a person at the command line, a Telegram user, Kamihi itself. */
export const Actor = Type.Object({ kind: ActorKind, id: Nullable(Type.String()), name: Type.String() })
export type Actor = Static<typeof Actor>

export const AuditEntry = Type.Object({
  id: Id,
  at: Instant,
  actor: Actor,
  verb: Type.String(),
  object: Type.Object({ kind: Type.String(), id: Nullable(Type.String()), label: Nullable(Type.String()) }),
  changes: Type.Record(Type.String(), Type.Object({ before: Type.Unknown(), after: Type.Unknown() })),
  ip: Nullable(Type.String()),
  requestId: Nullable(Type.String()),
})
export type AuditEntry = Static<typeof AuditEntry>

export const AuditQuery = Type.Object(
  {
    ...listQuery,
    ...sortedBy(['at']),
    verb: Type.Optional(Type.String()),
    objectKind: Type.Optional(Type.String()),
    objectId: Type.Optional(Type.String()),
    actorKind: Type.Optional(ActorKind),
    actorId: Type.Optional(Type.String({ maxLength: 64 })),
    from: Type.Optional(Instant),
    to: Type.Optional(Type.String({ format: 'date-time', description: 'Before then' })),
  },
  { additionalProperties: false },
)
export type AuditQuery = Static<typeof AuditQuery>
