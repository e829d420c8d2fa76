import { api } from '@kamihi/contracts'
import type { FastifyInstance } from 'fastify'
import { type ApiContext, changeBy } from '../context.ts'
import { idempotencyKeyOf } from '../http/idempotencyKey.ts'
import { listsOf } from '../http/lists.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { presentsJobs } from '../presentation.ts'
import { runIdOf } from '../refusals/runOutcomes.ts'
import { accepted, checkFound, savedValue } from '../refusals/saved.ts'

/** Jobs: what runs by itself, when and for whom. */
export function jobRoutes(app: FastifyInstance, context: ApiContext): void {
  const { jobs } = context
  const lists = listsOf(context)
  const present = presentsJobs(context)

  registerEndpoint(app, api.listJobs, ({ query, request }) => lists.jobs(query, request))
  registerEndpoint(app, api.getJob, ({ params, request }) => present.one(params.id, request))
  registerEndpoint(app, api.previewJob, async ({ body }) => accepted(await jobs.preview(body)))
  registerEndpoint(app, api.createJob, async ({ body, request }) => {
    const job = savedValue(accepted(await jobs.create(body, changeBy(context, request))), 'job')
    return present.one(job.id, request)
  })
  registerEndpoint(app, api.updateJob, async ({ params, body: { version, ...patch }, request }) => {
    const job = savedValue(
      accepted(await jobs.update(params.id, version, patch, changeBy(context, request))),
      'job',
    )
    return present.one(job.id, request)
  })
  registerEndpoint(app, api.deleteJob, async ({ params, request }) => {
    checkFound(await jobs.archive(params.id, changeBy(context, request)), 'job')
    return undefined
  })
  registerEndpoint(app, api.runJob, async ({ params, body, request }) => {
    const asked = {
      idempotencyKey: idempotencyKeyOf(request),
      args: body.args ?? null,
      onlyUserIds: body.onlyUserIds ?? null,
      dryRun: body.dryRun ?? false,
      onOverlap: body.onOverlap ?? null,
      scheduledFor: body.scheduledFor === undefined ? null : Date.parse(body.scheduledFor),
    }
    return { runId: runIdOf(await jobs.run(params.id, asked, changeBy(context, request))) }
  })
}
