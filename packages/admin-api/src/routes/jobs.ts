import { randomUUID } from 'node:crypto'
import { api } from '@kamihi/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type ApiContext, changeBy } from '../context.ts'
import { overlapProblem } from '../overlapProblem.ts'
import { presentsJobs } from '../presentation.ts'
import { ApiProblem } from '../problem.ts'
import { registerEndpoint } from '../registerEndpoint.ts'
import { found, savedValue } from '../saved.ts'

/** Jobs: what runs by itself, when and for whom. */
export function jobRoutes(app: FastifyInstance, context: ApiContext): void {
  const { jobs, kamihi } = context
  const { store } = kamihi
  const present = presentsJobs(context)

  registerEndpoint(app, api.listJobs, async ({ query }) => {
    const page = await store.jobs.list(query)
    return { ...page, items: await present.many(page.items) }
  })
  registerEndpoint(app, api.getJob, ({ params }) => present.one(params.id))
  registerEndpoint(app, api.previewJob, async ({ body }) => accepted(await jobs.preview(body)))
  registerEndpoint(app, api.createJob, async ({ body, request }) => {
    const job = savedValue(accepted(await jobs.create(body, changeBy(context, request))), 'job')
    return present.one(job.id)
  })
  registerEndpoint(app, api.updateJob, async ({ params, body: { version, ...patch }, request }) => {
    const job = savedValue(
      accepted(await jobs.update(params.id, version, patch, changeBy(context, request))),
      'job',
    )
    return present.one(job.id)
  })
  registerEndpoint(app, api.deleteJob, async ({ params, request }) => {
    found((await jobs.archive(params.id, changeBy(context, request))) || null, 'job')
    return undefined
  })
  registerEndpoint(app, api.runJob, async ({ params, body, request }) => {
    const asked = {
      idempotencyKey: idempotencyKeyOf(request),
      args: body.args ?? null,
      onlyUserIds: body.onlyUserIds ?? null,
      dryRun: body.dryRun ?? false,
      onOverlap: body.onOverlap ?? null,
    }
    const outcome = await jobs.run(params.id, asked, changeBy(context, request))
    switch (outcome.kind) {
      case 'enqueued':
      case 'existing':
        return { runId: outcome.run.id }
      case 'key_reused':
        throw new ApiProblem('idempotency_mismatch', {
          detail: `The key was used for run ${outcome.run.id}, with other args, other people, or dry. Use a new key for a new run.`,
          current: outcome.run,
        })
      case 'overlap':
        throw overlapProblem(outcome.blocking, ['wait', 'replace'])
      case 'action_missing':
        throw new ApiProblem('action_missing')
      case 'jobs_disabled':
        throw new ApiProblem('jobs_disabled', {
          detail: 'Set jobs.enabled to true (KAMIHI_JOBS__ENABLED=true) and start again.',
        })
      case 'not_found':
        throw new ApiProblem('not_found', { detail: 'There is no such job.' })
    }
  })
}

type Refusable<T> =
  | T
  | {
      kind: 'refused'
      code: 'invalid_cron' | 'invalid_timezone' | 'unknown_action' | 'invalid_args'
      errors: { path: string; message: string; given?: unknown; allowed?: unknown }[]
    }

/** What was validated, or a refusal that names each field. */
function accepted<T extends object>(outcome: Refusable<T>): T {
  if ('kind' in outcome && outcome.kind === 'refused') {
    throw new ApiProblem(outcome.code, {
      detail: outcome.errors.map((error) => error.message).join(' '),
      errors: outcome.errors,
    })
  }
  return outcome as T
}

function idempotencyKeyOf(request: FastifyRequest): string {
  const given = request.headers['idempotency-key']
  if (given === undefined) return randomUUID()
  if (typeof given === 'string' && given.length >= 1 && given.length <= 200) return given
  throw new ApiProblem('invalid_request', {
    errors: [{ path: 'Idempotency-Key', message: 'has to have 1 to 200 characters' }],
  })
}
