import { createHash } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createBackup } from '../../src/backup.ts'
import { openStore, type Store } from '../../src/index.ts'
import { damageOf } from '../../src/sqlite/guard/damage.ts'
import { newFile, now, withUsers } from '../fixtures.ts'

const page = 4096

/** A database of some size whose journal is empty, and what is where in it. */
async function someDatabase(): Promise<{ path: string; url: string }> {
  const { path } = newFile()
  const url = `sqlite:///${path}`
  const store = await openStore({ url, synchronous: 'normal' })
  await withUsers(store, 200)
  await store.close()
  return { path, url }
}

/** The first page of a kind: 5 is inside of a table, 13 at its end, where rows are (https://www.sqlite.org/fileformat2.html#b_tree_pages). */
function pageOf(path: string, kind: 5 | 13, table = 'users'): number {
  const db = new Database(path, { readonly: true })
  const type = kind === 5 ? 'internal' : 'leaf'
  const found = db
    .prepare('select pageno from dbstat where name = ? and pagetype = ? order by pageno limit 1')
    .pluck()
    .get(table, type) as number
  db.close()
  return found
}

function flip(path: string, offset: number, bytes: number): void {
  const file = openSync(path, 'r+')
  const content = Buffer.alloc(bytes)
  readSync(file, content, 0, bytes, offset)
  writeSync(
    file,
    content.map((byte) => byte ^ 0xff),
    0,
    bytes,
    offset,
  )
  closeSync(file)
}

/** What is in the file and in its journal. */
const sumOf = (path: string) =>
  [path, `${path}-wal`]
    .map((file) => (existsSync(file) ? readFileSync(file) : Buffer.alloc(0)))
    .map((content) => createHash('sha256').update(content).digest('hex'))

describe('a damaged database is refused at the start, as it is, with the command that restores the newest copy', () => {
  const cases: [string, (path: string) => void][] = [
    ['in its head', (path) => flip(path, 0, 16)],
    ['in a page inside of a table', (path) => flip(path, (pageOf(path, 5) - 1) * page, 12)],
    ['in a page with rows', (path) => flip(path, (pageOf(path, 13) - 1) * page, 12)],
    ['by being cut off', (path) => truncateSync(path, 20 * page)],
    ['by being cut off in its head', (path) => truncateSync(path, 60)],
  ]
  it.each(cases)('%s', async (_, harm) => {
    const { path, url } = await someDatabase()
    const backup = await createBackup({ url, method: 'vacuum', now })
    harm(path)
    const before = sumOf(path)
    await expect(openStore({ url, service: true })).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(`${path} is damaged: `),
    })
    await expect(openStore({ url, service: true })).rejects.toThrow(
      `kamihi db restore ${backup.kind === 'made' ? backup.backup.path : ''}`,
    )
    expect(sumOf(path)).toEqual(before)
  })

  it('also when what is damaged is covered by a journal that a crash left', async () => {
    const { path, url } = await someDatabase()
    const store = await openStore({ url })
    await store.users.create({ telegramId: 9 }, { actor: { kind: 'cli', id: null, name: 'test' }, now })
    const crashed = newFile().path
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, crashed + suffix)
    await store.close()
    flip(crashed, (pageOf(crashed, 5) - 1) * page, 12)
    const before = sumOf(crashed)
    await expect(openStore({ url: `sqlite:///${crashed}`, service: true })).rejects.toMatchObject({
      code: 'corrupt',
    })
    expect(sumOf(crashed)).toEqual(before)
  })
})

describe('damage that is met while the bot runs', () => {
  it('is told to whoever watches, with the command that restores, and a sealed store does nothing more', async () => {
    const { path, url } = await someDatabase()
    const store = await openStore({ url, service: true })
    const failures: string[] = []
    store.file.onFailure((failure) => failures.push(`${failure.code}: ${failure.message}`))
    flip(path, (pageOf(path, 5) - 1) * page, 12)
    await expect(everybody(store)).rejects.toMatchObject({ code: 'corrupt' })
    expect(failures[0]).toMatch(/^corrupt: .*kamihi\.db is damaged: .*malformed.*kamihi db restore FILE$/)
    const [failure] = await Promise.all([everybody(store).catch((error) => error)])
    store.file.seal(failure)
    const settings = await store.settings.get('instance.id').catch((error) => error)
    expect(settings).toBe(failure)
    await store.close()
  })
})

async function everybody(store: Store): Promise<number> {
  return (await store.users.list({ limit: 200 })).total
}

describe('the look at the pages', () => {
  it('of a file too large for its time reads the tables that fit into it, small ones first', async () => {
    const { path } = await someDatabase()
    flip(path, (pageOf(path, 13) - 1) * page, 12)
    const budgetMs = 60_000
    expect(await damageOf(path, budgetMs, { bytesPerMs: 0, rowsPerMs: 1 })).not.toBeNull()
    // The two hundred users would take more than a minute.
    expect(await damageOf(path, budgetMs, { bytesPerMs: 0, rowsPerMs: 0.001 })).toBeNull()
    flip(path, (pageOf(path, 13, 'settings') - 1) * page, 12)
    expect(await damageOf(path, budgetMs, { bytesPerMs: 0, rowsPerMs: 0.001 })).not.toBeNull()
  })
})
