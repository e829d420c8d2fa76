import { type Action, api } from '@kamihi/contracts'
import type { ActionRecord } from '@kamihi/store'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { found } from '../refusals/saved.ts'

const weekMs = 7 * 86_400_000

/** Actions, as the code declares them, with how they went lately. */
export function actionRoutes(app: FastifyInstance, { kamihi }: ApiContext): void {
  const { clock, store } = kamihi
  const weekAgo = () => clock.now() - weekMs
  const withLastWeek = async (actions: ActionRecord[]): Promise<Action[]> => {
    const names = actions.map(({ name }) => name)
    const counted = await store.actions.runsSince(names, weekAgo())
    return actions.map((action) => ({
      ...action,
      lastWeek: counted.get(action.name) ?? { runs: 0, failed: 0 },
    }))
  }

  registerEndpoint(app, api.listActions, async ({ query }) => {
    const page = await store.actions.list(query)
    return { ...page, items: await withLastWeek(page.items) }
  })
  registerEndpoint(app, api.getAction, async ({ params }) => {
    const [action] = await withLastWeek([found(await store.actions.get(params.name), 'action')])
    return found(action ?? null, 'action')
  })
  registerEndpoint(app, api.listActionErrors, async ({ params }) => {
    const { name } = found(await store.actions.get(params.name), 'action')
    return { items: await store.actions.errorsSince(name, weekAgo()) }
  })
}
