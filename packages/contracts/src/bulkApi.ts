import { Type } from '@sinclair/typebox'
import { BulkResult, ImportResult, mostAtOnce, targets, verbOf } from './bulk.ts'
import { Id, idParams } from './common.ts'
import { endpoint, v1 } from './endpoint.ts'
import { Job, JobQuery } from './job.ts'
import { PermissionQuery } from './permission.ts'
import { RoleQuery } from './role.ts'
import { RunQuery } from './run.ts'
import { UserCreate, UserQuery } from './user.ts'

const strict = { additionalProperties: false }

/** Many things by one request: each is changed by itself, and the answer tells of those that were refused. */
export const bulkApi = {
  changeJobs: endpoint({
    method: 'POST',
    path: `${v1}/jobs/bulk`,
    role: 'operator',
    summary:
      'Changes or runs many jobs; `run` takes an Idempotency-Key header, of which each job has its own',
    body: Type.Object(
      { ...verbOf(['enable', 'disable', 'archive', 'restore', 'run']), ...targets(JobQuery) },
      strict,
    ),
    response: BulkResult,
  }),
  restoreJob: endpoint({
    method: 'POST',
    path: `${v1}/jobs/:id/restore`,
    role: 'operator',
    summary: 'Brings an archived job back; it goes on with its next run from now',
    params: idParams,
    response: Job,
  }),
  changeRuns: endpoint({
    method: 'POST',
    path: `${v1}/runs/bulk`,
    role: 'operator',
    summary: 'Retries or cancels many runs',
    body: Type.Object({ ...verbOf(['retry', 'cancel']), ...targets(RunQuery) }, strict),
    response: BulkResult,
  }),
  changeUsers: endpoint({
    method: 'POST',
    path: `${v1}/users/bulk`,
    role: 'operator',
    summary:
      'Gives a role to many users, takes it from them, tries again those who could not be reached, or removes them',
    body: Type.Object(
      {
        ...verbOf(['add_role', 'remove_role', 'mark_reachable', 'remove']),
        roleId: Type.Optional(Id),
        ...targets(UserQuery),
      },
      strict,
    ),
    response: BulkResult,
  }),
  importUsers: endpoint({
    method: 'POST',
    path: `${v1}/users/import`,
    role: 'operator',
    summary: 'Adds many users; of those that are there already it changes the fields that are given',
    body: Type.Object({ items: Type.Array(UserCreate, { minItems: 1, maxItems: mostAtOnce }) }, strict),
    response: ImportResult,
  }),
  changeRoles: endpoint({
    method: 'POST',
    path: `${v1}/roles/bulk`,
    role: 'operator',
    summary: 'Removes many roles',
    body: Type.Object({ ...verbOf(['remove']), ...targets(RoleQuery) }, strict),
    response: BulkResult,
  }),
  changePermissions: endpoint({
    method: 'POST',
    path: `${v1}/permissions/bulk`,
    role: 'operator',
    summary: 'Removes many permissions',
    body: Type.Object({ ...verbOf(['remove']), ...targets(PermissionQuery) }, strict),
    response: BulkResult,
  }),
} as const
