import { PageOf } from './common.ts'
import { endpoint, v1 } from './endpoint.ts'
import { Agenda, AgendaQuery, LoadQuery, ScheduleLoad } from './load.ts'
import { Overview } from './overview.ts'
import { SearchQuery, SearchResult } from './search.ts'
import { Settings } from './settings.ts'
import { SystemHealth } from './systemHealth.ts'
import { WebhookDelivery, WebhookDeliveryQuery } from './webhook.ts'

/** The bot at a glance: what needs somebody, how it is, what is to come, how it is set up. */
export const insightApi = {
  getOverview: endpoint({
    method: 'GET',
    path: `${v1}/overview`,
    role: 'viewer',
    summary: 'What needs somebody, what runs, what is to come, and how the last days went',
    response: Overview,
  }),
  getHealth: endpoint({
    method: 'GET',
    path: `${v1}/health`,
    role: 'viewer',
    summary: 'How each part of the bot is, with what to do',
    response: SystemHealth,
  }),
  getScheduleLoad: endpoint({
    method: 'GET',
    path: `${v1}/schedule/load`,
    role: 'viewer',
    summary: 'Runs and messages by the hour, past and planned, for at most five weeks',
    query: LoadQuery,
    response: ScheduleLoad,
  }),
  listAgenda: endpoint({
    method: 'GET',
    path: `${v1}/schedule/occurrences`,
    role: 'viewer',
    summary: 'What fires in a stretch of at most a day',
    query: AgendaQuery,
    response: Agenda,
  }),
  search: endpoint({
    method: 'GET',
    path: `${v1}/search`,
    role: 'viewer',
    summary: 'Jobs, users, roles, actions and runs by a few letters',
    query: SearchQuery,
    response: SearchResult,
  }),
  getSettings: endpoint({
    method: 'GET',
    path: `${v1}/settings`,
    role: 'owner',
    summary: 'The configuration in effect and where each value comes from',
    response: Settings,
  }),
  listWebhookDeliveries: endpoint({
    method: 'GET',
    path: `${v1}/webhooks/deliveries`,
    role: 'operator',
    summary: 'Requests that webhooks made or are to make, newest first',
    query: WebhookDeliveryQuery,
    response: PageOf(WebhookDelivery),
  }),
} as const
