import { endpoint, v1 } from './endpoint.ts'
import {
  BotCode,
  BotCodeRequest,
  Credentials,
  Reauthentication,
  Session,
  SetupRequest,
  SignInOptions,
} from './session.ts'

/** Set-up and sign-in. */
export const sessionApi = {
  setUp: endpoint({
    method: 'POST',
    path: `${v1}/setup`,
    role: 'public',
    status: 201,
    summary: 'Makes the first owner, once',
    body: SetupRequest,
    response: Session,
  }),
  signIn: endpoint({
    method: 'POST',
    path: `${v1}/session`,
    role: 'public',
    summary: 'Signs in and sets the session cookie',
    body: Credentials,
    response: Session,
  }),
  signInOptions: endpoint({
    method: 'GET',
    path: `${v1}/session/options`,
    role: 'public',
    summary: 'What has to be shown to sign in',
    response: SignInOptions,
  }),
  requestBotCode: endpoint({
    method: 'POST',
    path: `${v1}/session/bot`,
    role: 'public',
    status: 204,
    summary: 'Sends a code to the Telegram user of the account, if there is one',
    body: BotCodeRequest,
  }),
  signInWithBotCode: endpoint({
    method: 'POST',
    path: `${v1}/session/bot/verify`,
    role: 'public',
    summary: 'Signs in with that code, in the browser that asked for it',
    body: BotCode,
    response: Session,
  }),
  reauthenticate: endpoint({
    method: 'POST',
    path: `${v1}/session/reauth`,
    role: 'viewer',
    by: 'session',
    summary: 'Makes the sign-in fresh for 15 minutes',
    body: Reauthentication,
    response: Session,
  }),
  getSession: endpoint({
    method: 'GET',
    path: `${v1}/session`,
    role: 'viewer',
    summary: 'Who is signed in',
    response: Session,
  }),
  signOut: endpoint({
    method: 'DELETE',
    path: `${v1}/session`,
    role: 'viewer',
    status: 204,
    summary: 'Ends the session',
  }),
} as const
