import { Type } from '@sinclair/typebox'
import { Action, ActionErrors, ActionQuery } from './action.ts'
import { PageOf } from './common.ts'
import { endpoint, v1 } from './endpoint.ts'

const params = Type.Object({ name: Type.String({ maxLength: 100 }) })

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
    params,
    response: Action,
  }),
  listActionErrors: endpoint({
    method: 'GET',
    path: `${v1}/actions/:name/errors`,
    role: 'viewer',
    summary: 'What went wrong in the last runs of an action, at most a week back',
    params,
    response: ActionErrors,
  }),
} as const
