import { endpoint, v1 } from './endpoint.ts'
import { Credentials, Session, SetupRequest } from './session.ts'

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
