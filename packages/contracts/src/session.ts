import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, Nullable, OneOf } from './common.ts'

/** What an account or a token may do; each role may do what those before it may. */
export const accessRoles = ['viewer', 'operator', 'owner'] as const
export const AccessRole = OneOf(accessRoles)
export type AccessRole = Static<typeof AccessRole>

export const Credentials = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ minLength: 1, maxLength: 256 }),
  },
  { additionalProperties: false },
)
export type Credentials = Static<typeof Credentials>

export const SetupRequest = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 200 }),
    username: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ minLength: 12, maxLength: 256 }),
  },
  { additionalProperties: false },
)
export type SetupRequest = Static<typeof SetupRequest>

/** Who is signed in, and what the dashboard needs to know about this bot. */
export const Session = Type.Object({
  account: Type.Object({ id: Id, username: Type.String(), role: AccessRole }),
  expiresAt: Nullable(Instant),
  instance: Type.Object({
    version: Type.String(),
    timezone: Type.String(),
    jobsEnabled: Type.Boolean(),
    jobsStrictArgs: Type.Boolean(),
    chatUrl: Nullable(Type.String({ description: 'Chat page of the emulator, while it is on' })),
    botUsername: Nullable(Type.String()),
  }),
})
export type Session = Static<typeof Session>

export const Account = Type.Object({
  id: Id,
  username: Type.String(),
  role: AccessRole,
  disabledAt: Nullable(Instant),
  createdAt: Instant,
  version: Type.Integer(),
})
export type Account = Static<typeof Account>

/** An API token as it is listed; the secret is shown once, when it is made. */
export const Token = Type.Object({
  id: Id,
  name: Type.String(),
  role: AccessRole,
  prefix: Type.String(),
  createdBy: Type.String(),
  createdAt: Instant,
  expiresAt: Nullable(Instant),
  lastUsedAt: Nullable(Instant),
  revokedAt: Nullable(Instant),
})
export type Token = Static<typeof Token>
