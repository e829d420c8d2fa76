import { accountsApi } from './accountsApi.ts'
import { actionsApi } from './actionsApi.ts'
import { bulkApi } from './bulkApi.ts'
import { v1 } from './endpoint.ts'
import { exportsApi } from './exportsApi.ts'
import { insightApi } from './insightApi.ts'
import { jobsApi } from './jobsApi.ts'
import { peopleApi } from './peopleApi.ts'
import { runHistoryApi } from './runHistoryApi.ts'
import { runsApi } from './runsApi.ts'
import { schedulingApi } from './schedulingApi.ts'
import { sessionApi } from './sessionApi.ts'
import { systemApi } from './systemApi.ts'

/** The whole HTTP API, one entry an endpoint; a topic a file. */
export const api = {
  ...systemApi,
  ...insightApi,
  ...sessionApi,
  ...accountsApi,
  ...peopleApi,
  ...actionsApi,
  ...jobsApi,
  ...bulkApi,
  ...schedulingApi,
  ...runsApi,
  ...runHistoryApi,
  ...exportsApi,
} as const

export type Api = typeof api
export type EndpointName = keyof Api

/** Server-sent events (`LiveEvent` as data); not in the table because its answer has no end. */
export const eventsPath = `${v1}/events`
