import type { Action, ActionQuery } from '@kamihi/contracts'
import { and, count, eq, type SQL } from 'drizzle-orm'
import type { ActionDefinitionRecord, Store } from '../store.ts'
import { type Db, iso, read, type Tx, write } from './connection.ts'
import { contains } from './listing.ts'
import { listPage } from './listPage.ts'
import { actions, jobs, permissions } from './schema.ts'

/** Actions as the code has them; those gone from it are archived, never deleted. */
export function createActions(db: Db): Store['actions'] {
  return {
    sync: (definitions, now) => write(db, (tx) => sync(tx, definitions, now)),
    get: (name) =>
      read(() => present(db, db.select().from(actions).where(eq(actions.name, name)).all())[0] ?? null),
    list: (query) => read(() => list(db, query)),
  }
}

function sync(
  tx: Tx,
  definitions: ActionDefinitionRecord[],
  now: number,
): { archived: string[]; restored: string[] } {
  const before = new Map(
    tx
      .select()
      .from(actions)
      .all()
      .map((row) => [row.name, row.state]),
  )
  for (const definition of definitions) upsert(tx, definition, now)
  const inCode = new Set(definitions.map((definition) => definition.name))
  const archived = [...before]
    .filter(([name, state]) => !inCode.has(name) && state !== 'archived')
    .map(([name]) => name)
  for (const name of archived)
    tx.update(actions).set({ state: 'archived', updatedAt: now }).where(eq(actions.name, name)).run()
  const restored = definitions.filter(({ name }) => before.get(name) === 'archived').map(({ name }) => name)
  return { archived, restored }
}

function upsert(tx: Tx, definition: ActionDefinitionRecord, now: number): void {
  const { name, error, ...known } = definition
  const state = { state: error === null ? 'loaded' : 'broken', error, updatedAt: now } as const
  // A file that fails to load must not make what is known of its action worse.
  const set = error === null ? { ...known, ...state } : state
  tx.insert(actions)
    .values({ name, ...known, ...state })
    .onConflictDoUpdate({ target: actions.name, set })
    .run()
}

function list(db: Db, query: ActionQuery) {
  return listPage(db, actions, query, {
    where: and(...filters(query)),
    sorting: {
      columns: { name: actions.name, updatedAt: actions.updatedAt },
      default: 'name',
      defaultOrder: 'asc',
      id: actions.name,
    },
    present: (rows) => present(db, rows),
  })
}

function filters(query: ActionQuery): SQL[] {
  return [
    query.state ? eq(actions.state, query.state) : undefined,
    query.q ? contains(actions.name, query.q) : undefined,
  ].filter((filter) => filter !== undefined)
}

function present(db: Db, rows: (typeof actions.$inferSelect)[]): Action[] {
  return rows.map((row) => {
    const permissionCount =
      db.select({ n: count() }).from(permissions).where(eq(permissions.action, row.name)).get()?.n ?? 0
    const jobCount = db.select({ n: count() }).from(jobs).where(eq(jobs.action, row.name)).get()?.n ?? 0
    return {
      ...row,
      argsSchema: row.argsSchema ?? null,
      permissionCount,
      jobCount,
      updatedAt: iso(row.updatedAt),
    }
  })
}
