import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { describe, expect, it } from 'vitest'
import { noFaults } from '../../src/faults.ts'
import { migrationsFolder } from '../../src/files/schemaVersion.ts'
import { openStore, schemaStatus } from '../../src/index.ts'
import { openDatabase } from '../../src/sqlite/connection.ts'
import { upgrade } from '../../src/sqlite/guard/upgrade.ts'
import { newFile } from '../fixtures.ts'
import { otherProcess } from '../harness/process.ts'

const steps = readMigrationFiles({ migrationsFolder })
const latest = steps.length

/** A database as the first version made it, with two people of whom one has a role. */
function oldFile(): { path: string; url: string } {
  const { path } = newFile()
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.exec('create table __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)')
  const [first] = steps
  for (const statement of first?.sql ?? []) db.exec(statement)
  db.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run(
    first?.hash,
    first?.folderMillis,
  )
  const user = db.prepare(
    "insert into users (id, telegram_id, chat_id, profile, created_at, updated_at) values (?, ?, 1, '{}', 1, 1)",
  )
  for (const n of [1, 2]) user.run(`user-${n}`, n)
  db.exec("insert into roles (id, name, created_at, updated_at) values ('role', 'Team', 1, 1)")
  db.exec("insert into user_roles (user_id, role_id) values ('user-1', 'role')")
  db.close()
  return { path, url: `sqlite:///${path}` }
}

/** The folder of steps with one more of these statements. */
function withStep(...sql: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'kamihi-migrations-'))
  cpSync(migrationsFolder, folder, { recursive: true })
  const file = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: object[] }
  journal.entries.push({ idx: latest, version: '6', when: 2e12, tag: 'next', breakpoints: true })
  writeFileSync(file, JSON.stringify(journal))
  writeFileSync(join(folder, 'next.sql'), sql.join('\n--> statement-breakpoint\n'))
  return folder
}

const copiesOf = (path: string): string[] => {
  const folder = join(dirname(path), 'backups')
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : []
}

const peopleIn = (path: string): unknown => {
  const db = new Database(path, { readonly: true })
  try {
    return db.prepare('select count(*) from users').pluck().get()
  } finally {
    db.close()
  }
}

describe('a database of an older schema', () => {
  it('is brought up to date after a copy of it was made and checked', async () => {
    const { path, url } = oldFile()
    await (await openStore({ url })).close()
    expect(await schemaStatus(url)).toMatchObject({ current: latest, pending: 0 })
    const copies = copiesOf(path)
    expect(copies).toEqual([expect.stringMatching(/^kamihi-pre-1-\d{8}T\d{9}Z\.db$/)])
    const copy = join(dirname(path), 'backups', copies[0] ?? '')
    expect(await schemaStatus(`sqlite:///${copy}`)).toMatchObject({ current: 1 })
    expect(peopleIn(copy)).toBe(2)
  })

  it('is brought up to date by one of two processes, and the other waits for it', {
    timeout: 120_000,
  }, async () => {
    const { path, url } = oldFile()
    const go = `${path}.go`
    const first = otherProcess(`
      import { existsSync } from 'node:fs'
      const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
      const faults = { at(point) {
        if (point !== 'upgrade.copied') return
        console.log('upgrading')
        while (!existsSync(${JSON.stringify(go)})) pause()
      } }
      const store = await openStore({ url: ${JSON.stringify(url)}, faults })
      console.log('open')
      await store.close()`)
    await first.said('upgrading')
    const second = otherProcess(`
      console.log('opening')
      const store = await openStore({ url: ${JSON.stringify(url)} })
      console.log('open', (await store.users.list({})).total)
      await store.close()`)
    await second.said('opening')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(second.output()).toBe('opening\n')
    writeFileSync(go, '')
    expect([await first.ended(), await second.ended()]).toEqual([0, 0])
    expect(second.output()).toBe('opening\nopen 2\n')
    expect(await schemaStatus(url)).toMatchObject({ current: latest, pending: 0 })
    expect(copiesOf(path)).toHaveLength(1)
  })

  it('is whole, old or new, wherever the upgrade is killed, and the next start finishes it', async () => {
    const { path, url } = oldFile()
    const images: { point: string; folder: string }[] = []
    const keepImage = (point: string) => {
      const folder = mkdtempSync(join(tmpdir(), 'kamihi-killed-'))
      // What a process that is killed here leaves: its files as they are, and no lock.
      cpSync(dirname(path), folder, { recursive: true, preserveTimestamps: true })
      for (const name of readdirSync(folder)) if (name.endsWith('-shm')) rmSync(join(folder, name))
      images.push({ point, folder })
    }
    await (await openStore({ url, faults: { at: keepImage } })).close()
    const points = new Set(images.map(({ point }) => point))
    for (const point of [
      'backup.before-rename',
      'upgrade.copied',
      'upgrade.in-migration',
      'upgrade.committed',
    ])
      expect(points).toContain(point)
    for (const { point, folder } of images) {
      const killed = join(folder, basename(path))
      expect([1, latest], point).toContain((await schemaStatus(`sqlite:///${killed}`)).current)
      expect(peopleIn(killed), point).toBe(2)
      const store = await openStore({ url: `sqlite:///${killed}`, service: true })
      expect((await store.users.list({})).total, point).toBe(2)
      await store.close()
      expect((await schemaStatus(`sqlite:///${killed}`)).pending, point).toBe(0)
      expect(copiesOf(killed).length, point).toBe(1)
    }
  })
})

describe('a step that fails', () => {
  it('leaves the file as it was, with one copy however often it is tried', async () => {
    const { path, url } = oldFile()
    const migrations = withStep(
      "insert into roles (id, name, created_at, updated_at) values ('x', 'X', 1, 1)",
      'no sql',
    )
    for (let n = 0; n < 2; n += 1) {
      const db = openDatabase(path, 'full')
      await expect(upgrade(db, path, { migrations, faults: noFaults })).rejects.toThrow('syntax error')
      expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1)
      expect(db.$client.prepare('select name from roles').pluck().all()).toEqual(['Team'])
      db.$client.close()
    }
    expect((await schemaStatus(url)).current).toBe(1)
    expect(peopleIn(path)).toBe(2)
    expect(copiesOf(path)).toHaveLength(1)
  })

  it('is one that would leave rows which refer to nothing', async () => {
    const { path, url } = oldFile()
    const db = openDatabase(path, 'full')
    const migrations = withStep("delete from roles where id = 'role'")
    await expect(upgrade(db, path, { migrations, faults: noFaults })).rejects.toThrow(
      'leave rows of user_roles that refer to nothing in roles',
    )
    db.$client.close()
    expect((await schemaStatus(url)).current).toBe(1)
  })
})

describe('a step that makes a table anew', () => {
  it('keeps what refers to its rows', async () => {
    const { path } = oldFile()
    const db = openDatabase(path, 'full')
    const [{ sql }] = db.$client.prepare("select sql from sqlite_master where name = 'roles'").all() as [
      { sql: string },
    ]
    const migrations = withStep(
      sql.replace('`roles`', '`__new_roles`'),
      'insert into __new_roles select id, name, created_at, updated_at, version from roles',
      'drop table roles',
      'alter table __new_roles rename to roles',
    )
    await upgrade(db, path, { migrations, faults: noFaults })
    expect(db.$client.prepare('select user_id, role_id from user_roles').all()).toEqual([
      { user_id: 'user-1', role_id: 'role' },
    ])
    expect(() => db.$client.exec("insert into user_roles values ('user-2', 'nothing')")).toThrow(
      'FOREIGN KEY',
    )
    db.$client.close()
  })
})
