import type { ActionQuery } from '@kamihi/contracts'
import { and, count, desc, eq, isNull, not, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { ActionDefinitionRecord, ActionRecord, Store } from '../store.ts'
import { countAllowed } from './access.ts'
import { type Db, iso, isoOrNull, read, type Tx, write } from './connection.ts'
import { actionErrorsOf, countActionRuns } from './insight/actionRuns.ts'
import { contains, type Sorting } from './listing.ts'
import { listPage } from './listPage.ts'
import { actions, jobs, permissions, runs } from './schema.ts'

/** Actions as the code has them; those gone from it are archived, never deleted. */
export function createActions(db: Db): Store['actions'] {
  return {
    sync: (definitions, now) => write(db, (tx) => sync(tx, definitions, now)),
    get: (name) =>
      read(() => present(db, db.select().from(actions).where(eq(actions.name, name)).all())[0] ?? null),
    list: (query) => read(() => list(db, query)),
    runsSince: (names, since) => read(() => countActionRuns(db, names, since)),
    errorsSince: (name, since) => read(() => actionErrorsOf(db, name, since)),
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

const sorting: Sorting = {
  columns: { name: { value: actions.name }, updatedAt: { value: actions.updatedAt } },
  default: 'name',
  id: actions.name,
}

const list = (db: Db, query: ActionQuery) =>
  listPage(db, actions, query, { sorting, where: actionsWhere, present: (rows) => present(db, rows) })

function actionsWhere({ state, hasJobs, q }: ActionQuery): SQL | undefined {
  const used = sql`exists (select 1 from ${jobs} where ${jobs.action} = ${actions.name} and ${jobs.archivedAt} is null)`
  return and(
    state ? eq(actions.state, state) : undefined,
    hasJobs === undefined ? undefined : hasJobs ? used : not(used),
    q ? or(contains(actions.name, q), contains(actions.description, q), hasCommand(q)) : undefined,
  )
}

const hasCommand = (q: string): SQL =>
  sql`exists (select 1 from json_each(${actions.commands}) where ${contains(sql`value`, q)})`

function present(db: Db, rows: (typeof actions.$inferSelect)[]): ActionRecord[] {
  const countPeople = countAllowed(db)
  return rows.map((row) => ({
    ...row,
    argsSchema: row.argsSchema ?? null,
    permissionCount: countOf(db, permissions, eq(permissions.action, row.name)),
    jobCount: countOf(db, jobs, and(eq(jobs.action, row.name), isNull(jobs.archivedAt))),
    peopleCount: countPeople(row.name),
    lastRunAt: isoOrNull(lastRunOf(db, row.name)),
    updatedAt: iso(row.updatedAt),
  }))
}

const countOf = (db: Db, table: SQLiteTable, where: SQL | undefined): number =>
  db.select({ n: count() }).from(table).where(where).get()?.n ?? 0

const lastRunOf = (db: Db, action: string): number | null =>
  db
    .select({ at: runs.beganAt })
    .from(runs)
    .where(eq(runs.action, action))
    .orderBy(desc(runs.beganAt))
    .limit(1)
    .get()?.at ?? null
