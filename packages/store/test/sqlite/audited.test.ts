import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { newFile, now, withActions } from '../fixtures.ts'
import { otherProcess } from '../harness/process.ts'

/** Makes permissions and accounts, one after another, until it is killed. */
const changes = (path: string) => `
const store = await openStore({ url: ${JSON.stringify(`sqlite:///${path}`)} })
const change = { actor: { kind: 'cli', id: null, name: 'test' }, now: ${now} }
console.log('begun')
for (let n = 0; ; n += 1) {
  await store.permissions.create({ action: 'report', roleIds: [], userIds: [] }, change)
  await store.accounts.create({ username: process.pid + '-' + n, passwordHash: 'x', role: 'viewer' }, change)
}`

/** Rows of a table beside the rows of the audit that say how each of them was made. */
function made(path: string, table: string, verb: string): { rows: number; told: number } {
  const db = new Database(path, { readonly: true })
  const count = (query: string, ...values: string[]): number =>
    (db.prepare(query).get(...values) as { count: number }).count
  const rows = count(`select count(*) as count from ${table}`)
  const told = count(
    `select count(*) as count from audit where verb = ? and object_id in (select id from ${table})`,
    verb,
  )
  const all = count('select count(*) as count from audit where verb = ?', verb)
  db.close()
  expect(all).toBe(told)
  return { rows, told }
}

describe('a process that is killed while it changes accounts and permissions', () => {
  it.each([3, 10, 25])(
    'leaves each change with its row of the audit, or neither (after %i ms)',
    async (ms) => {
      const file = newFile()
      const store = await file.open()
      await withActions(store, 'report')
      const child = otherProcess(changes(file.path))
      await child.said('begun')
      await wait(ms)
      await child.kill()
      const permissions = made(file.path, 'permissions', 'permission.created')
      const accounts = made(file.path, 'accounts', 'account.created')
      expect(permissions.told).toBe(permissions.rows)
      expect(accounts.told).toBe(accounts.rows)
      // They are made in turns, and the last one may be the one that the kill undid.
      expect([0, 1]).toContain(permissions.rows - accounts.rows)
      await store.close()
    },
  )
})
