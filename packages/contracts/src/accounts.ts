import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, Nullable, OneOf, Version } from './common.ts'
import { AccessRole, GivenPassword, NewPassword, Username } from './session.ts'

/** Somebody who may sign in to the dashboard; not a user of the bot, but may be linked to one. */
export const Account = Type.Object({
  id: Id,
  username: Type.String(),
  role: AccessRole,
  telegramUserId: Nullable(
    Type.String({ description: 'The user of the bot who gets codes for this account' }),
  ),
  hasPassword: Type.Boolean({ description: 'False until an invitation was accepted' }),
  lastSeenAt: Nullable(Instant),
  disabledAt: Nullable(Instant),
  createdAt: Instant,
  version: Version,
})
export type Account = Static<typeof Account>

export const AccountCreate = Type.Object(
  { username: Username, role: AccessRole, telegramUserId: Type.Optional(Nullable(Id)) },
  { additionalProperties: false },
)
export type AccountCreate = Static<typeof AccountCreate>

export const AccountUpdate = Type.Object(
  {
    version: Version,
    role: Type.Optional(AccessRole),
    disabled: Type.Optional(Type.Boolean()),
    telegramUserId: Type.Optional(Nullable(Id)),
  },
  { additionalProperties: false },
)
export type AccountUpdate = Static<typeof AccountUpdate>

const AccountLinkKind = OneOf(['invite', 'reset'])
export type AccountLinkKind = Static<typeof AccountLinkKind>

/** A link with which the holder of an account chooses its password, once. It is shown once and never stored. */
export const AccountLink = Type.Object({
  kind: AccountLinkKind,
  url: Type.String(),
  expiresAt: Instant,
})
export type AccountLink = Static<typeof AccountLink>

export const CreatedAccount = Type.Object({ account: Account, link: AccountLink })
export type CreatedAccount = Static<typeof CreatedAccount>

const secret = Type.String({ minLength: 1, maxLength: 200, description: 'What follows # in the link' })

export const AccountLinkLook = Type.Object({ token: secret }, { additionalProperties: false })
export type AccountLinkLook = Static<typeof AccountLinkLook>

/** Whose password a link sets. */
export const AccountLinkFacts = Type.Object({
  kind: AccountLinkKind,
  username: Type.String(),
  expiresAt: Instant,
})
export type AccountLinkFacts = Static<typeof AccountLinkFacts>

export const AccountLinkAccept = Type.Object(
  { token: secret, password: NewPassword },
  { additionalProperties: false },
)
export type AccountLinkAccept = Static<typeof AccountLinkAccept>

export const PasswordChange = Type.Object(
  { currentPassword: GivenPassword, newPassword: NewPassword },
  { additionalProperties: false },
)
export type PasswordChange = Static<typeof PasswordChange>

/** A browser that is signed in. */
export const OpenSession = Type.Object({
  id: Id,
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  ip: Type.String(),
  userAgent: Type.String(),
  current: Type.Boolean({ description: 'The one that asks' }),
})
export type OpenSession = Static<typeof OpenSession>

export const OpenSessions = Type.Object({ items: Type.Array(OpenSession) })
export type OpenSessions = Static<typeof OpenSessions>

export const EndedSessions = Type.Object({ ended: Type.Integer() })
export type EndedSessions = Static<typeof EndedSessions>

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
  lastUsedFrom: Nullable(Type.String({ description: 'Address of the last use' })),
  revokedAt: Nullable(Instant),
})
export type Token = Static<typeof Token>

export const TokenCreate = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    role: AccessRole,
    expiresInDays: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1, maximum: 3650 }), Type.Null()], {
        description: 'Default 365; null: it is valid until it is revoked',
      }),
    ),
  },
  { additionalProperties: false },
)
export type TokenCreate = Static<typeof TokenCreate>

export const CreatedToken = Type.Object({
  token: Token,
  secret: Type.String({ description: 'Cannot be shown again' }),
})
export type CreatedToken = Static<typeof CreatedToken>
