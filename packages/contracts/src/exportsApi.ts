import { ActionQuery } from './action.ts'
import { AuditQuery } from './audit.ts'
import { idParams } from './common.ts'
import { DeliveryQuery } from './delivery.ts'
import { Download, endpoint, v1 } from './endpoint.ts'
import { exportOf } from './export.ts'
import { JobQuery } from './job.ts'
import { PermissionQuery } from './permission.ts'
import { RoleQuery } from './role.ts'
import { RunQuery } from './run.ts'
import { UserQuery } from './user.ts'

/**
 * Lists as files, with the fields that who asks may see. They are posted, though they change nothing: each is written into the audit log,
 * and no page of another site may start one.
 */
export const exportsApi = {
  exportJobs: endpoint({
    method: 'POST',
    path: `${v1}/jobs/export`,
    role: 'viewer',
    summary: 'All jobs that a query finds, as a file',
    body: exportOf(JobQuery),
    response: Download,
  }),
  exportRuns: endpoint({
    method: 'POST',
    path: `${v1}/runs/export`,
    role: 'viewer',
    summary: 'All runs that a query finds, as a file',
    body: exportOf(RunQuery),
    response: Download,
  }),
  exportDeliveries: endpoint({
    method: 'POST',
    path: `${v1}/runs/:id/deliveries/export`,
    role: 'viewer',
    summary: 'All deliveries of a run that a query finds, as a file',
    params: idParams,
    body: exportOf(DeliveryQuery),
    response: Download,
  }),
  exportUsers: endpoint({
    method: 'POST',
    path: `${v1}/users/export`,
    role: 'viewer',
    summary: 'All users that a query finds, as a file',
    body: exportOf(UserQuery),
    response: Download,
  }),
  exportRoles: endpoint({
    method: 'POST',
    path: `${v1}/roles/export`,
    role: 'viewer',
    summary: 'All roles that a query finds, as a file',
    body: exportOf(RoleQuery),
    response: Download,
  }),
  exportPermissions: endpoint({
    method: 'POST',
    path: `${v1}/permissions/export`,
    role: 'viewer',
    summary: 'All permissions that a query finds, as a file',
    body: exportOf(PermissionQuery),
    response: Download,
  }),
  exportActions: endpoint({
    method: 'POST',
    path: `${v1}/actions/export`,
    role: 'viewer',
    summary: 'All actions that a query finds, as a file',
    body: exportOf(ActionQuery),
    response: Download,
  }),
  exportAudit: endpoint({
    method: 'POST',
    path: `${v1}/audit/export`,
    role: 'operator',
    summary: 'All of the audit log that a query finds, as a file',
    body: exportOf(AuditQuery),
    response: Download,
  }),
} as const
