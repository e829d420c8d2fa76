import type Database from 'better-sqlite3'
import type { Store } from '../../store.ts'

const connections = new WeakMap<Store, Database.Database>()

/** Keeps the connection of a store for `provoke`; the store itself hands it to nobody. */
export function remember(store: Store, client: Database.Database): Store {
  connections.set(store, client)
  return store
}

/**
 * Makes SQLite refuse writes for real, as on a full disk or a read-only file, until it is called with null. For tests of what a
 * bot does then; another connection to the same file is not concerned.
 */
export function provoke(store: Store, fault: 'full' | 'readonly' | null): void {
  const client = connections.get(store)
  if (!client) throw new Error('This store was not opened by openStore.')
  const pages = fault === 'full' ? Number(client.pragma('page_count', { simple: true })) : 2 ** 32 - 2
  client.pragma(`max_page_count = ${pages}`)
  client.pragma(`query_only = ${fault === 'readonly' ? 'ON' : 'OFF'}`)
}
