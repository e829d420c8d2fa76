import { api, fieldIssue } from '@kamihi/contracts'
import type { Jobs } from '@kamihi/jobs'
import type { FastifyInstance } from 'fastify'
import { type ApiContext, changeBy } from '../context.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { turnedRound } from '../http/stretch.ts'
import { presentsJobs } from '../presentation.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { found, noSuch } from '../refusals/saved.ts'

const dayMs = 86_400_000

/** What runs by itself, held and let go; single runs left out; and why a run did not take place. */
export function schedulingRoutes(app: FastifyInstance, context: ApiContext): void {
  const { jobs, kamihi } = context
  const { clock } = kamihi
  const present = presentsJobs(context)

  registerEndpoint(app, api.pauseJob, async ({ params, body, request }) => {
    const outcome = await jobs.pauseJob(
      params.id,
      { reason: body.reason ?? null },
      changeBy(context, request),
    )
    return present.one(jobOf(outcome), request)
  })
  registerEndpoint(app, api.resumeJob, async ({ params, request }) =>
    present.one(jobOf(await jobs.resumeJob(params.id, changeBy(context, request))), request),
  )
  registerEndpoint(app, api.skipOccurrence, async ({ params, body, request }) => {
    const asked = {
      scheduledFor: body.scheduledFor === undefined ? null : Date.parse(body.scheduledFor),
      reason: body.reason ?? null,
    }
    const outcome = await jobs.skip(params.id, asked, changeBy(context, request))
    if (outcome.kind !== 'not_scheduled') return present.one(jobOf(outcome), request)
    throw new ApiProblem('not_scheduled', {
      issue: outcome.issue,
      errors: [
        fieldIssue(
          '/scheduledFor',
          { kind: 'no_occurrence' },
          {
            ...(body.scheduledFor === undefined ? {} : { given: body.scheduledFor }),
            allowed: outcome.nearest.map((at) => new Date(at).toISOString()),
          },
        ),
      ],
    })
  })
  registerEndpoint(app, api.unskipOccurrence, async ({ params, request }) => {
    const at = Date.parse(params.scheduledFor)
    const outcome = await jobs.unskip(params.id, at, changeBy(context, request))
    if (outcome.kind === 'not_skipped') throw new ApiProblem('not_found', { issue: { kind: 'not_left_out' } })
    return present.one(jobOf(outcome), request)
  })
  registerEndpoint(app, api.listOccurrences, async ({ params, query }) => {
    const to = query.to === undefined ? undefined : Date.parse(query.to)
    const from = query.from === undefined ? (to ?? clock.now()) - dayMs : Date.parse(query.from)
    const until = to ?? Math.max(clock.now(), from + dayMs)
    if (from > until) throw turnedRound(query.from)
    return found(await jobs.explain(params.id, from, until), 'job')
  })

  registerEndpoint(app, api.getScheduler, () => jobs.describeScheduler())
  registerEndpoint(app, api.pauseScheduler, async ({ body, request }) => {
    await jobs.pauseAll({ reason: body.reason ?? null }, changeBy(context, request))
    return jobs.describeScheduler()
  })
  registerEndpoint(app, api.resumeScheduler, async ({ request }) => {
    await jobs.resumeAll(changeBy(context, request))
    return jobs.describeScheduler()
  })
}

/** The job that something was done to; that it was so already is as good. */
function jobOf(outcome: Held): string {
  if (outcome.kind === 'not_found') throw noSuch('job')
  return outcome.job.id
}

type Held = Exclude<
  Awaited<ReturnType<Jobs['pauseJob' | 'resumeJob' | 'skip' | 'unskip']>>,
  { kind: 'not_scheduled' | 'not_skipped' }
>
