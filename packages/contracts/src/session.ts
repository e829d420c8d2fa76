import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, Nullable, OneOf } from './common.ts'
import { passwordLength } from './password.ts'

/** What an account or a token may do; each role may do what those before it may. */
export const accessRoles = ['viewer', 'operator', 'owner'] as const
export const AccessRole = OneOf(accessRoles)
export type AccessRole = Static<typeof AccessRole>

const usernamePattern = '^[\\p{L}\\p{N}._@-]+$'
/** Letters and digits of any script and `._-@`, without spaces. */
export const Username = Type.String({ minLength: 1, maxLength: 100, pattern: usernamePattern })

/** Whether somebody new may be called so. */
export const isUsername = (name: string): boolean =>
  name.length <= 100 && new RegExp(usernamePattern, 'u').test(name)

/** A password as somebody shows it, also one of before there were rules. */
export const GivenPassword = Type.String({ minLength: 1, maxLength: passwordLength.most })
export const NewPassword = Type.String({ minLength: passwordLength.least, maxLength: passwordLength.most })

export const Credentials = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 100 }),
    password: GivenPassword,
  },
  { additionalProperties: false },
)
export type Credentials = Static<typeof Credentials>

export const SetupRequest = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 200 }),
    username: Username,
    password: NewPassword,
  },
  { additionalProperties: false },
)
export type SetupRequest = Static<typeof SetupRequest>

/** What has to be shown to sign in: a password, a code that the bot sends, or first the one and then the other. */
export const signInKinds = ['password', 'password+bot', 'bot'] as const
export const SignInKind = OneOf(signInKinds)
export type SignInKind = Static<typeof SignInKind>

/** What a sign-in page has to ask for. */
export const SignInOptions = Type.Object({
  require: SignInKind,
  botCode: Type.Boolean({ description: 'A code can be asked for right now' }),
})
export type SignInOptions = Static<typeof SignInOptions>

/** The password once more, for what only a fresh sign-in may do. */
export const Reauthentication = Type.Object({ password: GivenPassword }, { additionalProperties: false })
export type Reauthentication = Static<typeof Reauthentication>

export const BotCodeRequest = Type.Object(
  { username: Type.String({ minLength: 1, maxLength: 100 }) },
  { additionalProperties: false },
)
export type BotCodeRequest = Static<typeof BotCodeRequest>

export const BotCode = Type.Object(
  {
    code: Type.String({
      minLength: 1,
      maxLength: 20,
      description: 'Eight characters; case and dashes do not matter',
    }),
  },
  { additionalProperties: false },
)
export type BotCode = Static<typeof BotCode>

/** The secret of the link that the bot sends to who writes /admin to it. */
export const SignInLink = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
)
export type SignInLink = Static<typeof SignInLink>

/** Who is signed in, and what the dashboard needs to know about this bot. */
export const Session = Type.Object({
  account: Type.Object({ id: Id, username: Type.String(), role: AccessRole }),
  expiresAt: Nullable(Instant),
  freshUntil: Nullable(
    Type.String({
      format: 'date-time',
      description: 'Until when the sign-in counts as fresh; null for an API token',
    }),
  ),
  instance: Type.Object({
    version: Type.String(),
    timezone: Type.String(),
    jobsEnabled: Type.Boolean(),
    jobsStrictArgs: Type.Boolean(),
    chatUrl: Nullable(Type.String({ description: 'Chat page of the emulator, while it is on' })),
    botUsername: Nullable(Type.String()),
    messagesPerSecond: Type.Number({ description: 'That may be sent to all chats together' }),
  }),
})
export type Session = Static<typeof Session>

/** With what somebody is met who opens the dashboard. */
export const Entrance = Type.Object({
  isSetUp: Type.Boolean({ description: 'There is an owner: before, only the set-up link helps' }),
  session: Nullable(Session),
})
export type Entrance = Static<typeof Entrance>
