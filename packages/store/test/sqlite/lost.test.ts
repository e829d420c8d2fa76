import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/index.ts'
import { change, newFile, withUsers } from '../fixtures.ts'

const idOf = (path: string) => readFileSync(`${path}.id`, 'utf8').trim()

/** A database with a person in it, closed. */
async function database() {
  const path = join(mkdtempSync(join(tmpdir(), 'kamihi-store-')), 'kamihi.db')
  const url = `sqlite:///${path}`
  const store = await openStore({ url })
  await withUsers(store, 1)
  await store.close()
  return { path, url }
}

describe('a database that is lost is never taken for a new installation:', () => {
  it('what is beside it tells that there was one, and nothing is begun anew until that is asked for', async () => {
    const { path, url } = await database()
    const before = idOf(path)
    rmSync(path)
    await expect(openStore({ url })).rejects.toMatchObject({
      code: 'vanished',
      message: expect.stringMatching(
        /kamihi\.db is gone: .*kamihi\.db\.id tells .* kamihi db restore FILE\. .* kamihi run --new$/,
      ),
    })
    const store = await openStore({ url, new: true })
    expect((await store.users.list({})).total).toBe(0)
    expect(idOf(path)).not.toBe(before)
    expect(await store.settings.get('instance.id')).toBe(idOf(path))
    await store.close()
    await (await openStore({ url })).close()
  })

  it('a journal without its database tells it too', async () => {
    const { path, url } = await database()
    const store = await openStore({ url })
    await store.users.create({ telegramId: 7 }, change)
    copyFileSync(`${path}-wal`, `${path}-wal.kept`)
    await store.close()
    for (const file of [path, `${path}.id`]) rmSync(file)
    renameSync(`${path}-wal.kept`, `${path}-wal`)
    await expect(openStore({ url })).rejects.toMatchObject({ code: 'vanished' })
  })

  it('an empty file in its place is refused, and used when a new one is asked for', async () => {
    const { path, url } = await database()
    truncateSync(path, 0)
    await expect(openStore({ url })).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('is empty'),
    })
    const store = await openStore({ url, new: true })
    expect((await store.users.list({})).total).toBe(0)
    await store.close()
  })

  it('a database that is there is not given up by asking for a new one', async () => {
    const { url } = await database()
    const store = await openStore({ url, new: true })
    expect((await store.users.list({})).total).toBe(1)
    await store.close()
  })

  it('one that was begun by two processes at once has one id', async () => {
    const { open, path } = newFile()
    const [one, two] = await Promise.all([open(), open()])
    expect(await one.settings.get('instance.id')).toBe(idOf(path))
    expect(await two.settings.get('instance.id')).toBe(idOf(path))
    await Promise.all([one.close(), two.close()])
  })
})

describe('the file of a store that is open', () => {
  it.each<[string, string, (path: string) => void]>([
    ['vanished', 'removed', (path) => rmSync(path)],
    ['vanished', 'moved away', (path) => renameSync(path, `${path}.old`)],
    [
      'replaced',
      'replaced by a copy',
      (path) => {
        copyFileSync(path, `${path}.copy`)
        renameSync(`${path}.copy`, path)
      },
    ],
    ['truncated', 'emptied', (path) => truncateSync(path, 0)],
    ['truncated', 'cut off', (path) => truncateSync(path, 5 * 4096)],
  ])('is seen to be %s when it was %s', async (fate, _, harm) => {
    const { path, url } = await database()
    const store = await openStore({ url })
    expect(await store.file.whereabouts()).toBe('same')
    harm(path)
    expect(await store.file.whereabouts()).toBe(fate)
    await store.close()
  })

  it('is the same after it was made smaller by a vacuum', async () => {
    const { path, url } = await database()
    const store = await openStore({ url })
    await withUsersGone(path)
    expect(await store.file.whereabouts()).toBe('same')
    await store.close()
  })

  it('that was replaced keeps the journal of the one that replaced it when it is closed', async () => {
    const { path, url } = await database()
    const old = await openStore({ url })
    await old.users.create({ telegramId: 7 }, change)
    for (const suffix of ['', '-wal', '-shm']) renameSync(path + suffix, `${path}.moved${suffix}`)
    const fresh = await openStore({ url, new: true })
    await fresh.users.create({ telegramId: 8 }, change)
    await old.close()
    expect(readFileSync(`${path}-wal`).length).toBeGreaterThan(0)
    expect((await fresh.users.list({})).items.map(({ telegramId }) => telegramId)).toEqual([8])
    await fresh.close()
  })
})

/** Makes a file larger and smaller again, by another connection. */
async function withUsersGone(path: string): Promise<void> {
  const db = new Database(path)
  db.prepare('insert into settings (key, value) values (?, ?)').run('large', 'x'.repeat(1 << 20))
  db.pragma('wal_checkpoint(passive)')
  db.exec("delete from settings where key = 'large'")
  db.exec('vacuum')
  db.pragma('wal_checkpoint(truncate)')
  db.close()
}

describe('the id beside a database', () => {
  it('is written again when it is missing, and follows the database', async () => {
    const { path, url } = await database()
    const id = idOf(path)
    rmSync(`${path}.id`)
    await (await openStore({ url })).close()
    expect(idOf(path)).toBe(id)
    writeFileSync(`${path}.id`, 'of another database\n')
    await (await openStore({ url })).close()
    expect(idOf(path)).toBe(id)
  })
})
