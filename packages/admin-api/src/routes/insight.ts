import { type AgendaQuery, api, type LoadQuery } from '@kamihi/contracts'
import { maskedUrl } from '@kamihi/core'
import { agendaOf, loadOf } from '@kamihi/jobs'
import type { FastifyInstance } from 'fastify'
import { type ApiContext, principalIn } from '../context.ts'
import { describeHealth } from '../insight/health.ts'
import { describeOverview } from '../insight/overview.ts'
import { createPeopleCounts } from '../insight/peopleCounts.ts'
import { describeSettings } from '../insight/settings.ts'
import { inTurn } from '../inTurn.ts'
import { ApiProblem } from '../problem.ts'
import { registerEndpoint } from '../registerEndpoint.ts'

const dayMs = 86_400_000
const longestLoadMs = 35 * dayMs
const mostListed = 500

/** The bot at a glance: overview, health, what is to come, search, settings, and what webhooks did. */
export function insightRoutes(app: FastifyInstance, context: ApiContext): void {
  const { kamihi } = context
  const { store, clock } = kamihi
  const people = createPeopleCounts(store.insights)
  const countLoad = inTurn()

  registerEndpoint(app, api.getOverview, () => describeOverview(context, people))
  registerEndpoint(app, api.getHealth, () => describeHealth(context))
  registerEndpoint(app, api.getScheduleLoad, ({ query }) => {
    const stretch = stretchOf(query, longestLoadMs, 'five weeks')
    return countLoad(() => loadOf(kamihi, { ...stretch, filter: filterOf(query), now: clock.now() }))
  })
  registerEndpoint(app, api.listAgenda, async ({ query }) => {
    const { from, to } = stretchOf(query, dayMs, 'a day')
    // What has passed has a run, and is no plan any more.
    const asked = { from: Math.max(from, clock.now()), to, filter: filterOf(query), limit: mostListed }
    return { from: query.from, to: query.to, ...(await agendaOf(kamihi, asked)) }
  })
  registerEndpoint(app, api.search, ({ query, request }) =>
    store.insights.search(query.q, principalIn(request).role === 'viewer'),
  )
  registerEndpoint(app, api.getSettings, () => describeSettings(context))
  registerEndpoint(app, api.listWebhookDeliveries, async ({ query }) => {
    const page = await store.webhooks.list(query)
    return { ...page, items: page.items.map((item) => ({ ...item, url: maskedUrl(item.url) })) }
  })
}

const filterOf = ({ jobId, action }: LoadQuery) => ({ jobId, action })

/** The stretch that is asked for; refused where it is turned round or too long. */
function stretchOf(query: AgendaQuery, longestMs: number, words: string): { from: number; to: number } {
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)]
  if (to <= from)
    throw new ApiProblem('invalid_request', {
      errors: [{ path: 'to', message: 'has to be after `from`', given: query.to }],
    })
  if (to - from > longestMs)
    throw new ApiProblem('invalid_request', {
      errors: [{ path: 'to', message: `has to be at most ${words} after \`from\``, given: query.to }],
    })
  return { from, to }
}
