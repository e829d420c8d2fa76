import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkDatabase } from '../../src/index.ts'
import { change, newFile } from '../fixtures.ts'

const day = 86_400_000
/** By the clock of the machine, which the guard goes by. */
const today = Date.now()

/** Five entries, of which two are older than a year, and the file they are in. */
async function withEntries() {
  const { open, path } = newFile()
  const store = await open()
  onTestFinished(() => store.close())
  for (const [n, age] of [700, 366, 364, 30, 0].entries())
    await store.audit.add(
      { verb: 'role.created', object: { kind: 'role', id: `role-${n}`, label: `Role ${n} \ud83e` } },
      { ...change, now: today - age * day },
    )
  const db = new Database(path)
  onTestFinished(() => void db.close())
  const ids = () => db.prepare('select object_id from audit order by rowid').pluck().all()
  return { store, path, db, ids }
}

const check = async (path: string) =>
  (await checkDatabase({ url: `sqlite:///${path}` })).checks.find(({ name }) => name === 'audit')

/** What somebody does who has the file and knows what stands in the way. */
const withoutGuard = (db: Database.Database, sql: string): void =>
  void db.exec(['update', 'delete', 'replace'].map((what) => `drop trigger audit_no_${what};`).join('') + sql)

describe('entries of the audit log', () => {
  it.each([
    ["update audit set verb = 'role.removed' where object_id = 'role-4'", 'cannot be changed'],
    ["update audit set hash = '' where object_id = 'role-0'", 'cannot be changed'],
    ['update or replace audit set id = (select min(id) from audit)', 'cannot be changed'],
    ["delete from audit where object_id = 'role-4'", 'after 365 days'],
    ["delete from audit where object_id = 'role-2'", 'after 365 days'],
    ['delete from audit', 'after 365 days'],
    [
      "insert or replace into audit select id, at, actor, 'x', object_kind, object_id, object_label, changes, ip, request_id, hash from audit",
      'cannot be replaced',
    ],
    [
      "insert or replace into audit (rowid, id, at, actor, verb, object_kind, changes, hash) values (5, 'new', 1, '{}', 'x', 'x', '{}', '')",
      'cannot be replaced',
    ],
  ])('are refused to whoever has the file by SQLite itself: %s', async (sql, message) => {
    const { db, ids } = await withEntries()
    expect(() => db.exec(sql)).toThrow(message)
    expect(ids()).toEqual(['role-0', 'role-1', 'role-2', 'role-3', 'role-4'])
    expect(db.prepare('select distinct verb from audit').pluck().all()).toEqual(['role.created'])
  })

  it('can be removed when they are older than a year, and the others are still whole', async () => {
    const { db, ids, path, store } = await withEntries()
    expect(await check(path)).toEqual({ name: 'audit', found: '5 entries, none was changed.', problems: [] })
    db.prepare('delete from audit where at < ?').run(today - 365 * day)
    expect(ids()).toEqual(['role-2', 'role-3', 'role-4'])
    const since = new Date(today - 364 * day).toISOString().slice(0, 10)
    const found = `3 entries; those before ${since} are gone, none was changed.`
    expect(await check(path)).toEqual({ name: 'audit', found, problems: [] })
    await store.roles.create({ name: 'Team' }, { ...change, now: today })
    expect((await check(path))?.problems).toEqual([])
  })

  it.each([
    ['changed', "update audit set verb = 'role.removed' where object_id = 'role-2'", 'role-2'],
    [
      'said to be by somebody else',
      `update audit set actor = '{"kind":"cli"}' where object_id = 'role-3'`,
      'role-3',
    ],
    ['made unreadable', "update audit set changes = 'x' where object_id = 'role-2'", 'role-2'],
    ['removed', "delete from audit where object_id = 'role-3'", 'role-4'],
    [
      'put in',
      "insert into audit values ('new', 1, '{}', 'x', 'x', 'role-5', null, '{}', null, null, '')",
      'role-5',
    ],
  ])('that were %s without the guard are found', async (_, sql, first) => {
    const { db, path } = await withEntries()
    withoutGuard(db, sql)
    const { id } = db.prepare('select id from audit where object_id = ?').get(first) as { id: string }
    const audit = await check(path)
    expect(audit?.found).toBe('1 place is wrong.')
    expect(audit?.problems).toEqual([expect.stringContaining(`Entry ${id} of `)])
  })
})
