import { Type } from '@sinclair/typebox'
import { Action, ActionQuery } from './action.ts'
import { AuditEntry, AuditQuery } from './audit.ts'
import { Id, JsonObject, ListQuery, PageOf } from './common.ts'
import { endpoint } from './endpoint.ts'
import { Readiness } from './health.ts'
import { Job, JobCreate, JobPreview, JobPreviewRequest, JobQuery, JobRunRequest, JobUpdate } from './job.ts'
import { Permission, PermissionCreate, PermissionQuery, PermissionUpdate } from './permission.ts'
import { Role, RoleCreate, RoleUpdate } from './role.ts'
import { Delivery, DeliveryQuery, Run, RunQuery } from './run.ts'
import { runHistoryApi } from './runHistoryApi.ts'
import { schedulingApi } from './schedulingApi.ts'
import { Credentials, Session, SetupRequest } from './session.ts'
import { User, UserCreate, UserQuery, UserUpdate } from './user.ts'

const v1 = '/api/v1'
const params = Type.Object({ id: Id })
const RunAccepted = Type.Object({ runId: Id })

/** The whole HTTP API, one entry an endpoint. */
export const api = {
  live: endpoint({
    method: 'GET',
    path: '/healthz',
    role: 'public',
    summary: 'Tells that the process answers',
    response: Type.Object({ status: Type.Literal('ok') }),
  }),
  ready: endpoint({
    method: 'GET',
    path: '/readyz',
    role: 'public',
    summary: 'Tells whether store and scheduler work',
    response: Readiness,
  }),

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

  listUsers: endpoint({
    method: 'GET',
    path: `${v1}/users`,
    role: 'viewer',
    summary: 'Users',
    query: UserQuery,
    response: PageOf(User),
  }),
  createUser: endpoint({
    method: 'POST',
    path: `${v1}/users`,
    role: 'operator',
    status: 201,
    summary: 'Adds a user',
    body: UserCreate,
    response: User,
  }),
  getUser: endpoint({
    method: 'GET',
    path: `${v1}/users/:id`,
    role: 'viewer',
    summary: 'One user',
    params,
    response: User,
  }),
  updateUser: endpoint({
    method: 'PATCH',
    path: `${v1}/users/:id`,
    role: 'operator',
    summary: 'Changes a user',
    params,
    body: UserUpdate,
    response: User,
  }),
  deleteUser: endpoint({
    method: 'DELETE',
    path: `${v1}/users/:id`,
    role: 'operator',
    status: 204,
    summary: 'Removes a user',
    params,
  }),

  listRoles: endpoint({
    method: 'GET',
    path: `${v1}/roles`,
    role: 'viewer',
    summary: 'Roles',
    query: ListQuery,
    response: PageOf(Role),
  }),
  createRole: endpoint({
    method: 'POST',
    path: `${v1}/roles`,
    role: 'operator',
    status: 201,
    summary: 'Adds a role',
    body: RoleCreate,
    response: Role,
  }),
  getRole: endpoint({
    method: 'GET',
    path: `${v1}/roles/:id`,
    role: 'viewer',
    summary: 'One role',
    params,
    response: Role,
  }),
  updateRole: endpoint({
    method: 'PATCH',
    path: `${v1}/roles/:id`,
    role: 'operator',
    summary: 'Changes a role',
    params,
    body: RoleUpdate,
    response: Role,
  }),
  deleteRole: endpoint({
    method: 'DELETE',
    path: `${v1}/roles/:id`,
    role: 'operator',
    status: 204,
    summary: 'Removes a role',
    params,
  }),

  listPermissions: endpoint({
    method: 'GET',
    path: `${v1}/permissions`,
    role: 'viewer',
    summary: 'Permissions',
    query: PermissionQuery,
    response: PageOf(Permission),
  }),
  createPermission: endpoint({
    method: 'POST',
    path: `${v1}/permissions`,
    role: 'operator',
    status: 201,
    summary: 'Grants an action',
    body: PermissionCreate,
    response: Permission,
  }),
  getPermission: endpoint({
    method: 'GET',
    path: `${v1}/permissions/:id`,
    role: 'viewer',
    summary: 'One permission',
    params,
    response: Permission,
  }),
  updatePermission: endpoint({
    method: 'PATCH',
    path: `${v1}/permissions/:id`,
    role: 'operator',
    summary: 'Changes a permission',
    params,
    body: PermissionUpdate,
    response: Permission,
  }),
  deletePermission: endpoint({
    method: 'DELETE',
    path: `${v1}/permissions/:id`,
    role: 'operator',
    status: 204,
    summary: 'Removes a permission',
    params,
  }),

  listActions: endpoint({
    method: 'GET',
    path: `${v1}/actions`,
    role: 'viewer',
    summary: 'Actions',
    query: ActionQuery,
    response: PageOf(Action),
  }),
  getAction: endpoint({
    method: 'GET',
    path: `${v1}/actions/:name`,
    role: 'viewer',
    summary: 'One action',
    params: Type.Object({ name: Type.String({ maxLength: 100 }) }),
    response: Action,
  }),

  listJobs: endpoint({
    method: 'GET',
    path: `${v1}/jobs`,
    role: 'viewer',
    summary: 'Jobs',
    query: JobQuery,
    response: PageOf(Job),
  }),
  createJob: endpoint({
    method: 'POST',
    path: `${v1}/jobs`,
    role: 'operator',
    status: 201,
    summary: 'Creates a job',
    body: JobCreate,
    response: Job,
  }),
  previewJob: endpoint({
    method: 'POST',
    path: `${v1}/jobs/preview`,
    role: 'viewer',
    summary: 'Next runs, recipients and warnings of a job not yet saved',
    body: JobPreviewRequest,
    response: JobPreview,
  }),
  getJob: endpoint({
    method: 'GET',
    path: `${v1}/jobs/:id`,
    role: 'viewer',
    summary: 'One job',
    params,
    response: Job,
  }),
  updateJob: endpoint({
    method: 'PATCH',
    path: `${v1}/jobs/:id`,
    role: 'operator',
    summary: 'Changes a job',
    params,
    body: JobUpdate,
    response: Job,
  }),
  deleteJob: endpoint({
    method: 'DELETE',
    path: `${v1}/jobs/:id`,
    role: 'operator',
    status: 204,
    summary: 'Archives a job and keeps its history',
    params,
  }),
  runJob: endpoint({
    method: 'POST',
    path: `${v1}/jobs/:id/run`,
    role: 'operator',
    status: 202,
    summary: 'Runs a job now; takes an Idempotency-Key header',
    params,
    body: JobRunRequest,
    response: RunAccepted,
  }),
  ...schedulingApi,

  listRuns: endpoint({
    method: 'GET',
    path: `${v1}/runs`,
    role: 'viewer',
    summary: 'Runs',
    query: RunQuery,
    response: PageOf(Run),
  }),
  getRun: endpoint({
    method: 'GET',
    path: `${v1}/runs/:id`,
    role: 'viewer',
    summary: 'One run',
    params,
    response: Run,
  }),
  listDeliveries: endpoint({
    method: 'GET',
    path: `${v1}/runs/:id/deliveries`,
    role: 'viewer',
    summary: 'Deliveries of a run',
    params,
    query: DeliveryQuery,
    response: PageOf(Delivery),
  }),
  ...runHistoryApi,
  cancelRun: endpoint({
    method: 'POST',
    path: `${v1}/runs/:id/cancel`,
    role: 'operator',
    status: 202,
    summary: 'Takes no new recipients',
    params,
    response: RunAccepted,
  }),
  resumeRun: endpoint({
    method: 'POST',
    path: `${v1}/runs/:id/resume`,
    role: 'operator',
    status: 202,
    summary: 'Goes on with a paused run',
    params,
    response: RunAccepted,
  }),
  retryRun: endpoint({
    method: 'POST',
    path: `${v1}/runs/:id/retry`,
    role: 'operator',
    status: 202,
    summary: 'Sends again what did not succeed, as a new run',
    params,
    response: RunAccepted,
  }),

  listAudit: endpoint({
    method: 'GET',
    path: `${v1}/audit`,
    role: 'operator',
    summary: 'Who changed what',
    query: AuditQuery,
    response: PageOf(AuditEntry),
  }),
  openApi: endpoint({
    method: 'GET',
    path: `${v1}/openapi.json`,
    role: 'viewer',
    summary: 'This API as OpenAPI 3.1',
    response: JsonObject,
  }),
} as const

export type Api = typeof api
export type EndpointName = keyof Api

/** Server-sent events (`LiveEvent` as data); not in the table because its answer has no end. */
export const eventsPath = `${v1}/events`
