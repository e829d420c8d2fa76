import { api, type RunStep } from '@kamihi/contracts'
import type { FastifyInstance } from 'fastify'
import { type ApiContext, principalIn } from '../context.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { found } from '../refusals/saved.ts'

/** How a run went: when what happened, why it did not reach people, what its action wrote. */
export function runHistoryRoutes(app: FastifyInstance, { jobs, kamihi }: ApiContext): void {
  const { runs } = kamihi.store

  registerEndpoint(app, api.getRunTimeline, async ({ params, request }) => {
    const steps = found(await jobs.timeline(params.id), 'run')
    if (principalIn(request).role !== 'viewer') return { steps }
    const said = (await runs.get(params.id))?.error?.message
    return { steps: said ? steps.map((step) => withoutText(step, `: ${said}`)) : steps }
  })
  registerEndpoint(app, api.listRunReasons, async ({ params }) => {
    found(await runs.get(params.id), 'run')
    return runs.reasons(params.id)
  })
  registerEndpoint(app, api.getRetryOutlook, async ({ params }) =>
    found(await runs.retryOutlook(params.id), 'run'),
  )
  registerEndpoint(app, api.listRunLogs, async ({ params, query }) => {
    found(await runs.get(params.id), 'run')
    return runs.listLogs(params.id, query)
  })
}

/** The end of a run tells what its action said when it failed, which viewers do not see. */
const withoutText = (step: RunStep, text: string): RunStep => ({
  ...step,
  detail: step.detail?.replace(text, () => '') ?? null,
})
