import { api } from '@kamihi/contracts'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'
import { listsOf } from '../http/lists.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { weekAgo, withLastWeek } from '../insight/lastWeek.ts'
import { found } from '../refusals/saved.ts'

/** Actions, as the code declares them, with how they went lately. */
export function actionRoutes(app: FastifyInstance, context: ApiContext): void {
  const { kamihi } = context
  const { actions } = kamihi.store
  const lists = listsOf(context)
  registerEndpoint(app, api.listActions, ({ query }) => lists.actions(query))
  registerEndpoint(app, api.getAction, async ({ params }) => {
    const [action] = await withLastWeek(kamihi, [found(await actions.get(params.name), 'action')])
    return found(action ?? null, 'action')
  })
  registerEndpoint(app, api.listActionErrors, async ({ params }) => {
    const { name } = found(await actions.get(params.name), 'action')
    return { items: await actions.errorsSince(name, weekAgo(kamihi)) }
  })
}
