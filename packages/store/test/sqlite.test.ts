import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStore, schemaStatus } from '../src/index.ts'
import { change, newFile } from './fixtures.ts'
import { jobsSuite } from './suite/jobs.ts'
import { peopleSuite } from './suite/people.ts'

const migrations = fileURLToPath(new URL('../migrations/sqlite', import.meta.url))
const journal = (
  JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string; when: number }[]
  }
).entries
const latest = journal.length

describe('SQLite: people', () => peopleSuite(() => newFile().open()))
describe('SQLite: jobs', () => jobsSuite(() => newFile().open))

describe('a SQLite file', () => {
  it('is readable by its owner only', async () => {
    const { open, path } = newFile()
    await (await open()).close()
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('keeps what was saved', async () => {
    const { open } = newFile()
    const first = await open()
    await first.users.create({ telegramId: 7, name: 'Ana' }, change)
    await first.close()
    const second = await open()
    expect((await second.users.getByTelegramId(7))?.name).toBe('Ana')
    await second.close()
  })

  it('is refused when it is empty, since an empty file hides a lost one', async () => {
    const { open, path } = newFile()
    writeFileSync(path, '')
    await expect(open()).rejects.toMatchObject({ code: 'corrupt' })
  })

  it('is refused when it is no database', async () => {
    const { open, path } = newFile()
    writeFileSync(path, 'this is not a database, it only looks like a file of one. '.repeat(100))
    await expect(open()).rejects.toMatchObject({ code: 'corrupt' })
  })

  it('of a newer schema is refused with both versions named', async () => {
    const { open, path } = newFile()
    await (await open()).close()
    const raw = new Database(path)
    raw.prepare("insert into __drizzle_migrations (hash, created_at) values ('x', 1), ('y', 2)").run()
    raw.close()
    await expect(open()).rejects.toMatchObject({
      code: 'newer_schema',
      message: expect.stringContaining(`has schema ${latest + 2}; this version of Kamihi knows ${latest}.`),
    })
  })

  it('tells its schema without changing it', async () => {
    const { open, path } = newFile()
    expect(await schemaStatus(`sqlite:///${path}`)).toMatchObject({ current: 0, pending: latest })
    await (await open()).close()
    expect(await schemaStatus(`sqlite:///${path}`)).toMatchObject({ current: latest, pending: 0 })
  })

  it('of an older schema is brought up to date after a copy of it was made', async () => {
    const { open, path } = newFile()
    const raw = new Database(path)
    raw.exec(
      readFileSync(join(migrations, `${journal[0]?.tag}.sql`), 'utf8').replaceAll(
        '--> statement-breakpoint',
        '',
      ),
    )
    raw.exec(
      'create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)',
    )
    raw
      .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
      .run('first', journal[0]?.when)
    raw.close()
    await (await open()).close()
    expect(await schemaStatus(`sqlite:///${path}`)).toMatchObject({ current: latest, pending: 0 })
    expect(await schemaStatus(`sqlite:///${path}.before-upgrade-from-1`)).toMatchObject({ current: 1 })
  })

  it('locked by another process delays a write without stopping the loop', async () => {
    const { open, path } = newFile()
    const store = await open()
    const other = new Database(path)
    other.exec('begin immediate')
    let turns = 0
    const counting = setInterval(() => {
      turns += 1
      if (turns === 3) other.exec('commit')
    }, 20)
    await store.users.create({ telegramId: 7 }, change)
    clearInterval(counting)
    other.close()
    expect(turns).toBeGreaterThanOrEqual(3)
    await store.close()
  })

  it('is not opened by an address of another kind', async () => {
    await expect(openStore({ url: 'mysql://localhost/x' })).rejects.toMatchObject({ code: 'unsupported_url' })
  })
})
