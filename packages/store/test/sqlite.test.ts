import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStore, schemaStatus } from '../src/index.ts'
import { change, newFile } from './fixtures.ts'
import { deliveriesSuite } from './suite/deliveries.ts'
import { jobsSuite } from './suite/jobs.ts'
import { peopleSuite } from './suite/people.ts'
import { recoverySuite } from './suite/recovery.ts'
import { schedulingSuite } from './suite/scheduling.ts'
import { slotsSuite } from './suite/slots.ts'

const migrations = fileURLToPath(new URL('../migrations/sqlite', import.meta.url))
const journal = (
  JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string; when: number }[]
  }
).entries
const latest = journal.length

describe('SQLite: people', () => peopleSuite(() => newFile().open()))
describe('SQLite: jobs', () => jobsSuite(() => newFile().open))
describe('SQLite: single deliveries', () => deliveriesSuite(() => newFile().open))
describe('SQLite: slots', () => slotsSuite(() => newFile().open))
describe('SQLite: recovery', () => recoverySuite(() => newFile().open))
describe('SQLite: scheduling', () => schedulingSuite(() => newFile().open))

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

  it('is not opened by an address of another kind', async () => {
    await expect(openStore({ url: 'mysql://localhost/x' })).rejects.toMatchObject({ code: 'unsupported_url' })
  })
})
