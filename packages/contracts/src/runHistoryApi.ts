import { Type } from '@sinclair/typebox'
import { Id, PageOf } from './common.ts'
import { endpoint } from './endpoint.ts'
import { RunLog } from './run.ts'
import { RunLogQuery, RunReasons, RunTimeline } from './runHistory.ts'
import { RetryOutlook } from './runRetry.ts'

const runs = '/api/v1/runs/:id'
const params = Type.Object({ id: Id })

/** How a run went: its timeline, why it did not reach people, and what its action wrote. */
export const runHistoryApi = {
  getRunTimeline: endpoint({
    method: 'GET',
    path: `${runs}/timeline`,
    role: 'viewer',
    summary: 'What happened to a run, and when',
    params,
    response: RunTimeline,
  }),
  listRunReasons: endpoint({
    method: 'GET',
    path: `${runs}/reasons`,
    role: 'viewer',
    summary: 'Why recipients were not reached, commonest first',
    params,
    response: RunReasons,
  }),
  getRetryOutlook: endpoint({
    method: 'GET',
    path: `${runs}/retry`,
    role: 'viewer',
    summary: 'For whom sending a run again is, and who of them cannot be reached now',
    params,
    response: RetryOutlook,
  }),
  listRunLogs: endpoint({
    method: 'GET',
    path: `${runs}/logs`,
    role: 'operator',
    summary:
      'What the action wrote to its logger; `level` and above, of one delivery if asked; `total` counts to 10 000',
    params,
    query: RunLogQuery,
    response: PageOf(RunLog),
  }),
} as const
