import { join } from 'node:path'
import { loadActions, type Registry, systemClock } from '@kamihi/core'
import type { Store } from '@kamihi/store'
import { moduleAliases } from './moduleAliases.ts'

/** Makes the table of actions equal to the code of the project, as starting the bot would; gives those actions. */
export async function syncActions(store: Store): Promise<Registry> {
  const registry = await loadActions({
    dir: join(process.cwd(), 'actions'),
    aliases: moduleAliases(),
  })
  await store.actions.sync(registry.records(), systemClock.now())
  return registry
}
