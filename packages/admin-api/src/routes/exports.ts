import {
  AuditEntry,
  api,
  Delivery,
  type ExportFormat,
  Job,
  Permission,
  RoleSummary,
  Run,
  User,
} from '@kamihi/contracts'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'
import { createExportFile } from '../exports/exportFile.ts'
import { createOpenFiles } from '../exports/openFiles.ts'
import { listsOf } from '../lists.ts'
import { registerEndpoint } from '../registerEndpoint.ts'
import { found } from '../saved.ts'

/** Lists as files. */
export function exportRoutes(app: FastifyInstance, context: ApiContext): void {
  const { runs } = context.kamihi.store
  const lists = listsOf(context)
  const exportFile = createExportFile(context, createOpenFiles(app))

  registerEndpoint(app, api.exportJobs, ({ body, request, reply }) => {
    const { format, query } = asked(body)
    const read = (place: object) => lists.jobs({ ...query, ...place }, request)
    return exportFile({ ...whole('jobs', 'job'), item: Job, format, query, read }, request, reply)
  })
  registerEndpoint(app, api.exportRuns, ({ body, request, reply }) => {
    const { format, query } = asked(body)
    const read = (place: object) => lists.runs({ ...query, ...place })
    return exportFile({ ...whole('runs', 'run'), item: Run, format, query, read }, request, reply)
  })
  registerEndpoint(app, api.exportDeliveries, async ({ params, body, request, reply }) => {
    const run = found(await runs.get(params.id), 'run')
    const { format, query } = asked(body)
    const object = { kind: 'run', id: run.id, label: run.jobName ?? `/${run.action}` }
    const of = { name: 'deliveries', verb: 'delivery.exported', object }
    const read = (place: object) => lists.deliveries(run.id, { ...query, ...place })
    return exportFile({ ...of, item: Delivery, format, query, read }, request, reply)
  })
  registerEndpoint(app, api.exportUsers, ({ body, request, reply }) => {
    const { format, query } = asked(body)
    const read = (place: object) => lists.users({ ...query, ...place }, request)
    return exportFile({ ...whole('users', 'user'), item: User, format, query, read }, request, reply)
  })
  registerEndpoint(app, api.exportRoles, ({ body, request, reply }) => {
    const { format, query } = asked(body)
    const read = (place: object) => lists.roles({ ...query, ...place })
    return exportFile({ ...whole('roles', 'role'), item: RoleSummary, format, query, read }, request, reply)
  })
  registerEndpoint(app, api.exportPermissions, ({ body, request, reply }) => {
    const { format, query } = asked(body)
    const read = (place: object) => lists.permissions({ ...query, ...place })
    const of = whole('permissions', 'permission')
    return exportFile({ ...of, item: Permission, format, query, read }, request, reply)
  })
  registerEndpoint(app, api.exportAudit, ({ body, request, reply }) => {
    const { format, query } = asked(body)
    const read = (place: object) => lists.audit({ ...query, ...place }, request)
    return exportFile({ ...whole('audit', 'audit'), item: AuditEntry, format, query, read }, request, reply)
  })
}

/** The query of a list, and the format in which it is wanted. */
function asked<B extends { format: ExportFormat }>({ format, ...query }: B) {
  return { format, query }
}

/** An export of a list that belongs to nothing. */
const whole = (name: string, kind: string) => ({
  name,
  verb: `${kind}.exported`,
  object: { kind, id: null, label: null },
})
