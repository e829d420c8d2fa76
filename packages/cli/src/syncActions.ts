import { join } from 'node:path'
import { loadActions, type Registry, systemClock } from '@kamihi/core'
import type { Store } from '@kamihi/store'
import { actionModules } from './actionModules.ts'

/** The actions of a project, as starting the bot would load them. */
export const projectActions = (folder: string): Promise<Registry> =>
  loadActions({ dir: join(folder, 'actions'), modules: actionModules })

/** Makes the table of actions equal to the code of the project, as starting the bot would; gives those actions. */
export async function syncActions(store: Store): Promise<Registry> {
  const registry = await projectActions(process.cwd())
  await store.actions.sync(registry.records(), systemClock.now())
  return registry
}
