import { Type } from '@sinclair/typebox'
import {
  Account,
  AccountCreate,
  AccountLink,
  AccountLinkAccept,
  AccountLinkFacts,
  AccountLinkLook,
  AccountUpdate,
  CreatedAccount,
  CreatedToken,
  EndedSessions,
  OpenSessions,
  PasswordChange,
  Token,
  TokenCreate,
} from './accounts.ts'
import { BulkResult, targets, verbOf } from './bulk.ts'
import { Id, idParams, ListQuery, PageOf } from './common.ts'
import { endpoint, v1 } from './endpoint.ts'
import { Session } from './session.ts'

const accounts = `${v1}/accounts`
const sessionParams = Type.Object({ id: Id, sessionId: Id })
/** For owners who have just shown that they are who they say. */
const guarded = { role: 'owner', by: 'fresh' } as const
/** For owners who only look: nothing that anybody could misuse is shown. */
const looked = { role: 'owner', by: 'session' } as const
const own = { role: 'viewer', by: 'session' } as const

/** Who may sign in, where they are signed in, and the tokens of scripts. */
export const accountsApi = {
  listAccounts: endpoint({
    ...looked,
    method: 'GET',
    path: accounts,
    summary: 'Accounts of the dashboard',
    query: ListQuery,
    response: PageOf(Account),
  }),
  createAccount: endpoint({
    ...guarded,
    method: 'POST',
    path: accounts,
    status: 201,
    summary: 'Adds an account and gives the link that invites its holder',
    body: AccountCreate,
    response: CreatedAccount,
  }),
  getAccount: endpoint({
    ...looked,
    method: 'GET',
    path: `${accounts}/:id`,
    summary: 'One account',
    params: idParams,
    response: Account,
  }),
  updateAccount: endpoint({
    ...guarded,
    method: 'PATCH',
    path: `${accounts}/:id`,
    summary: 'Changes the role of an account, disables it, or links it to a user',
    params: idParams,
    body: AccountUpdate,
    response: Account,
  }),
  deleteAccount: endpoint({
    ...guarded,
    method: 'DELETE',
    path: `${accounts}/:id`,
    status: 204,
    summary: 'Removes an account, its sessions and its tokens',
    params: idParams,
  }),
  createAccountLink: endpoint({
    ...guarded,
    method: 'POST',
    path: `${accounts}/:id/link`,
    status: 201,
    summary: 'A new link to choose a password; one for a new password ends the sessions of the account',
    params: idParams,
    response: AccountLink,
  }),
  listAccountSessions: endpoint({
    ...looked,
    method: 'GET',
    path: `${accounts}/:id/sessions`,
    summary: 'Where an account is signed in',
    params: idParams,
    response: OpenSessions,
  }),
  endAccountSessions: endpoint({
    ...guarded,
    method: 'DELETE',
    path: `${accounts}/:id/sessions`,
    summary: 'Signs an account out everywhere',
    params: idParams,
    response: EndedSessions,
  }),
  endAccountSession: endpoint({
    ...guarded,
    method: 'DELETE',
    path: `${accounts}/:id/sessions/:sessionId`,
    status: 204,
    summary: 'Ends one session of an account',
    params: sessionParams,
  }),
  getOwnAccount: endpoint({
    ...own,
    method: 'GET',
    path: `${v1}/account`,
    summary: 'The account that is signed in',
    response: Account,
  }),
  changeOwnPassword: endpoint({
    ...own,
    method: 'PATCH',
    path: `${v1}/account`,
    summary: 'Changes the own password and ends the other sessions',
    body: PasswordChange,
    response: Session,
  }),
  listOwnSessions: endpoint({
    ...own,
    method: 'GET',
    path: `${v1}/account/sessions`,
    summary: 'Where the account is signed in',
    response: OpenSessions,
  }),
  endOtherSessions: endpoint({
    ...own,
    method: 'DELETE',
    path: `${v1}/account/sessions`,
    summary: 'Ends all own sessions but this one',
    response: EndedSessions,
  }),
  endOwnSession: endpoint({
    ...own,
    method: 'DELETE',
    path: `${v1}/account/sessions/:id`,
    status: 204,
    summary: 'Ends one of the own sessions',
    params: idParams,
  }),
  lookAtLink: endpoint({
    method: 'POST',
    path: `${v1}/links`,
    role: 'public',
    summary: 'Tells whose password a link sets',
    body: AccountLinkLook,
    response: AccountLinkFacts,
  }),
  acceptLink: endpoint({
    method: 'POST',
    path: `${v1}/links/accept`,
    role: 'public',
    summary: 'Sets the password by a link, once, and ends all sessions of the account',
    body: AccountLinkAccept,
    response: Type.Object({ username: Type.String() }),
  }),
  listTokens: endpoint({
    ...looked,
    method: 'GET',
    path: `${v1}/tokens`,
    summary: 'API tokens, without their secrets',
    query: ListQuery,
    response: PageOf(Token),
  }),
  createToken: endpoint({
    ...guarded,
    method: 'POST',
    path: `${v1}/tokens`,
    status: 201,
    summary: 'Makes an API token and shows its secret, once',
    body: TokenCreate,
    response: CreatedToken,
  }),
  revokeToken: endpoint({
    ...guarded,
    method: 'DELETE',
    path: `${v1}/tokens/:id`,
    status: 204,
    summary: 'Ends an API token',
    params: idParams,
  }),
  changeTokens: endpoint({
    ...guarded,
    method: 'POST',
    path: `${v1}/tokens/bulk`,
    summary: 'Ends many API tokens',
    body: Type.Object({ ...verbOf(['revoke']), ...targets(ListQuery) }, { additionalProperties: false }),
    response: BulkResult,
  }),
} as const
