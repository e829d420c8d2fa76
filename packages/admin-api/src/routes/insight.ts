import { api, type LoadQuery } from '@kamihi/contracts'
import { maskedUrl } from '@kamihi/core'
import { agendaOf, loadOf } from '@kamihi/jobs'
import type { FastifyInstance } from 'fastify'
import { type ApiContext, principalIn } from '../context.ts'
import { inTurn } from '../http/inTurn.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { stretchOf } from '../http/stretch.ts'
import { describeHealth } from '../insight/health.ts'
import { describeOverview } from '../insight/overview.ts'
import { createPeopleCounts } from '../insight/peopleCounts.ts'
import { describeSettings } from '../insight/settings.ts'

const longestLoadDays = 35
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
    const stretch = stretchOf(query, longestLoadDays)
    return countLoad(() => loadOf(kamihi, { ...stretch, filter: filterOf(query), now: clock.now() }))
  })
  registerEndpoint(app, api.listAgenda, async ({ query }) => {
    const { from, to } = stretchOf(query, 1)
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
