import { Type } from '@sinclair/typebox'
import { Action, ActionQuery } from './action.ts'
import { PageOf } from './common.ts'
import { endpoint, v1 } from './endpoint.ts'

/** Actions, as the code declares them. */
export const actionsApi = {
  listActions: endpoint({
    method: 'GET',
    path: `${v1}/actions`,
    role: 'viewer',
    summary: 'Actions',
    query: ActionQuery,
    response: PageOf(Action),
  }),
  getAction: endpoint({
    method: 'GET',
    path: `${v1}/actions/:name`,
    role: 'viewer',
    summary: 'One action',
    params: Type.Object({ name: Type.String({ maxLength: 100 }) }),
    response: Action,
  }),
} as const
