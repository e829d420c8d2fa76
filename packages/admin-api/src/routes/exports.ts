import {
  Action,
  AuditEntry,
  api,
  Delivery,
  type ExportFormat,
  Job,
  ListedUser,
  type Page,
  Permission,
  RoleSummary,
  Run,
} from '@kamihi/contracts'
import type { TSchema } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiContext } from '../context.ts'
import { createExportFile } from '../exports/exportFile.ts'
import { createOpenFiles } from '../exports/openFiles.ts'
import { listsOf } from '../http/lists.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { found } from '../refusals/saved.ts'

/** A list that belongs to nothing. */
interface List<Q, T> {
  /** Of the file. */
  name: string
  /** What a row is, as the audit log calls it. */
  kind: string
  item: TSchema
  read: (query: Q, request: FastifyRequest) => Promise<Page<T>>
}

interface Asked<Q> {
  body: Q & { format: ExportFormat }
  request: FastifyRequest
  reply: FastifyReply
}

/** Lists as files. */
export function exportRoutes(app: FastifyInstance, context: ApiContext): void {
  const { runs } = context.kamihi.store
  const lists = listsOf(context)
  const exportFile = createExportFile(context, createOpenFiles(app))
  const whole =
    <Q extends object, T extends Record<string, unknown>>({ name, kind, item, read }: List<Q, T>) =>
    ({ body: { format, ...query }, request, reply }: Asked<Q>) => {
      const of = { name, verb: `${kind}.exported`, object: { kind, id: null, label: null } }
      const readAt = (place: object) => read({ ...query, ...place } as Q, request)
      return exportFile({ ...of, item, format, query, read: readAt }, request, reply)
    }

  registerEndpoint(app, api.exportJobs, whole({ name: 'jobs', kind: 'job', item: Job, read: lists.jobs }))
  registerEndpoint(app, api.exportRuns, whole({ name: 'runs', kind: 'run', item: Run, read: lists.runs }))
  registerEndpoint(
    app,
    api.exportUsers,
    whole({ name: 'users', kind: 'user', item: ListedUser, read: lists.users }),
  )
  registerEndpoint(
    app,
    api.exportRoles,
    whole({ name: 'roles', kind: 'role', item: RoleSummary, read: lists.roles }),
  )
  registerEndpoint(
    app,
    api.exportPermissions,
    whole({ name: 'permissions', kind: 'permission', item: Permission, read: lists.permissions }),
  )
  registerEndpoint(
    app,
    api.exportActions,
    whole({ name: 'actions', kind: 'action', item: Action, read: lists.actions }),
  )
  registerEndpoint(
    app,
    api.exportAudit,
    whole({ name: 'audit', kind: 'audit', item: AuditEntry, read: lists.audit }),
  )
  registerEndpoint(app, api.exportDeliveries, async ({ params, body, request, reply }) => {
    const { format, ...query } = body
    const run = found(await runs.get(params.id), 'run')
    const object = { kind: 'run', id: run.id, label: run.jobName ?? `/${run.action}` }
    const of = { name: 'deliveries', verb: 'delivery.exported', object }
    const read = (place: object) => lists.deliveries(run.id, { ...query, ...place }, request)
    return exportFile({ ...of, item: Delivery, format, query, read }, request, reply)
  })
}
