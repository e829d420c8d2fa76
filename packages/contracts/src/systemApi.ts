import { Type } from '@sinclair/typebox'
import { AuditEntry, AuditQuery } from './audit.ts'
import { JsonObject, PageOf } from './common.ts'
import { endpoint, v1 } from './endpoint.ts'
import { Readiness } from './health.ts'

/** The process itself, its audit log and the description of this API. */
export const systemApi = {
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
