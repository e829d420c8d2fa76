import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type BackupOptions, type BackupOutcome, createBackup, listBackups } from '../src/index.ts'
import { change, newFile, now, withUsers } from './fixtures.ts'
import { otherProcess } from './harness/process.ts'
import { unsoundFile } from './model/soundness.ts'

const options = (path: string, more: Partial<BackupOptions> = {}): BackupOptions => ({
  url: `sqlite:///${path}`,
  method: 'pages',
  now,
  ...more,
})

function made(outcome: BackupOutcome): Extract<BackupOutcome, { kind: 'made' }> {
  if (outcome.kind !== 'made') throw new Error(JSON.stringify(outcome))
  return outcome
}

const back = async (path: string, more: Partial<BackupOptions> = {}) =>
  made(await createBackup(options(path, more)))

const backupsOf = (path: string) => readdirSync(join(dirname(path), 'backups')).sort()

/** A database with some people in it. */
async function somePeople(count = 3) {
  const file = newFile()
  const store = await file.open()
  await withUsers(store, count)
  return { ...file, store }
}

function ask(path: string, query: string): unknown {
  const db = new Database(path, { readonly: true })
  const answer = db.prepare(query).pluck().get()
  db.close()
  return answer
}

/** Fills a database with so many pages that they are not copied in one turn. */
function enlarge(path: string): void {
  const db = new Database(path)
  const put = db.prepare('insert into settings (key, value) values (?, ?)')
  db.transaction(() => {
    for (let n = 0; n < 300; n += 1) put.run(`filler ${n}`, '.'.repeat(4000))
  })()
  db.close()
}

/** Writes two rows at a time, always both, at least five hundred times a second. */
const writer = (path: string) =>
  otherProcess(`
    const db = new Database(${JSON.stringify(path)}, { timeout: 5000 })
    const put = db.prepare('insert into settings (key, value) values (?, ?)')
    let n = 0
    const pair = db.transaction(() => {
      put.run('left ' + n, '.'.repeat(200))
      put.run('right ' + n, '.'.repeat(200))
    })
    setInterval(() => {
      for (let i = 0; i < 10; i += 1) { pair.immediate(); n += 1 }
      if (n === 500) console.log('five hundred')
    }, 10)
    console.log('writing')
  `)

describe('a backup', () => {
  it.each(['pages', 'vacuum'] as const)(
    'by %s that is made while another process writes five hundred times a second is of one moment',
    async (method) => {
      const { path, store } = await somePeople()
      enlarge(path)
      const other = writer(path)
      await other.said('writing')
      const counts: number[] = []
      for (let n = 0; n < 5; n += 1) {
        const { backup } = await back(path, { method, now: now + n })
        counts.push(Number(ask(backup.path, "select count(*) from settings where key like 'left %'")))
        expect(ask(backup.path, "select count(*) from settings where key like 'right %'")).toBe(counts.at(-1))
        expect(ask(backup.path, 'pragma integrity_check')).toBe('ok')
        expect(ask(backup.path, 'select count(*) from users')).toBe(3)
      }
      await other.said('five hundred')
      expect(counts).toEqual([...counts].sort((a, b) => a - b))
      expect(counts.at(-1)).toBeGreaterThan(counts[0] ?? 0)
      await other.kill()
      await store.close()
    },
  )

  it('holds what the journal holds, which copying the file would lose', async () => {
    const { path, store } = await somePeople(20)
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
    const { backup } = await back(path)
    expect(ask(backup.path, 'select count(*) from users')).toBe(20)
    await store.close()
  })

  it('is one file that needs no other, even on a medium that cannot be written', async () => {
    const { path, store } = await somePeople()
    for (const method of ['pages', 'vacuum'] as const) {
      const { backup } = await back(path, { method, to: join(dirname(path), `${method}.db`) })
      const db = new Database(backup.path, { readonly: true })
      expect(db.pragma('journal_mode', { simple: true })).toBe('delete')
      db.close()
      expect([existsSync(`${backup.path}-wal`), existsSync(`${backup.path}-shm`)]).toEqual([false, false])
    }
    await store.close()
  })

  it('can be read by its owner only, from its first byte on, and so can its folder', async () => {
    const before = process.umask(0)
    onTestFinished(() => void process.umask(before))
    const { path, store } = await somePeople()
    const folder = join(dirname(path), 'backups')
    const modes: number[] = []
    const look = () => {
      for (const name of readdirSync(folder)) modes.push(statSync(join(folder, name)).mode & 0o077)
    }
    for (const method of ['pages', 'vacuum'] as const) {
      const { backup } = await back(path, { method, faults: { at: look } })
      expect(statSync(backup.path).mode & 0o777).toBe(0o600)
    }
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(modes.length).toBeGreaterThan(2)
    expect(modes.filter((mode) => mode !== 0)).toEqual([])
    await store.close()
  })

  it('is called by its time, and told with its size and schema', async () => {
    const { path, store } = await somePeople()
    const { backup } = await back(path)
    const { schemaVersion } = await store.info()
    expect(backup).toEqual({
      path: expect.stringMatching(/backups\/kamihi-20261124T080000000Z-[0-9a-f]{8}\.db$/),
      at: now,
      sizeBytes: statSync(backup.path).size,
      schemaVersion,
    })
    expect(listBackups(`sqlite:///${path}`)).toEqual([
      { path: backup.path, at: now, sizeBytes: backup.sizeBytes },
    ])
    await store.close()
  })

  it('of a bot that is stopped leaves nothing beside the database', async () => {
    const { path, store } = await somePeople()
    await store.close()
    for (const method of ['pages', 'vacuum'] as const) await back(path, { method })
    expect([existsSync(`${path}-wal`), existsSync(`${path}-shm`)]).toEqual([false, false])
  })

  it('made twice at once is made twice', async () => {
    const { path, store } = await somePeople()
    const both = await Promise.all([
      back(path, { method: 'pages' }),
      back(path, { method: 'vacuum' }),
      back(path, { method: 'pages', now: now + 1 }),
    ])
    const files = both.map(({ backup }) => backup.path)
    for (const file of files) expect(ask(file, 'pragma integrity_check')).toBe('ok')
    expect(backupsOf(path)).toEqual([...new Set(files.map((file) => file.split('/').at(-1)))].sort())
    await store.close()
  })

  it('goes where it is told: into a folder, or to a new file, and never over one that is there', async () => {
    const { path, store } = await somePeople()
    const folder = join(dirname(path), 'elsewhere')
    mkdirSync(folder)
    expect((await back(path, { to: folder })).backup.path.startsWith(`${folder}/kamihi-2026`)).toBe(true)
    const { backup } = await back(path, { to: `${dirname(path)}/made/` })
    expect(dirname(backup.path)).toBe(join(dirname(path), 'made'))
    const named = join(dirname(path), 'new', 'mine.db')
    expect((await back(path, { to: named })).backup.path).toBe(named)
    expect(await createBackup(options(path, { to: named }))).toEqual({ kind: 'exists', path: named })
    await store.close()
  })

  it('that is given up leaves nothing', async () => {
    const { path, store } = await somePeople()
    enlarge(path)
    const stop = new AbortController()
    const faults = { at: () => stop.abort(new Error('the bot stops')) }
    await expect(createBackup(options(path, { signal: stop.signal, faults }))).rejects.toThrow(
      'the bot stops',
    )
    expect(backupsOf(path)).toEqual([])
    await store.close()
  })

  it('of nothing is none', async () => {
    const { path } = newFile()
    expect(await createBackup(options(path))).toEqual({ kind: 'no_database', path })
    await expect(createBackup(options(':memory:'))).rejects.toMatchObject({ code: 'unsupported_url' })
  })

  it('into a folder that may not be written fails with the name of it', async () => {
    const { path, store } = await somePeople()
    for (const folder of [path, '/proc/backups'])
      await expect(createBackup(options(path, { to: join(folder, 'backup.db') }))).rejects.toMatchObject({
        code: 'cannot_open',
        message: expect.stringContaining(folder),
      })
    await store.close()
  })
})

describe('the oldest backups', () => {
  it('are removed when there are more than shall stay, and nothing else is', async () => {
    const { path, store } = await somePeople()
    const folder = join(dirname(path), 'backups')
    const first = await back(path)
    mkdirSync(first.backup.path.replace('2026', '2019'))
    const foreign = [
      'kamihi-before-the-party.db',
      'kamihi-20200101T000000000Z.db',
      'kamihi-20200101T000000000Z-00000000.db',
      'notes.txt',
      'kamihi-pre-1-20200101T000000000Z.db',
    ]
    for (const name of foreign) writeFileSync(join(folder, name), 'mine')
    const removed: string[] = []
    for (let n = 1; n <= 5; n += 1) removed.push(...(await back(path, { now: now + n, keep: 3 })).removed)
    expect(removed.map((file) => file.split('/').at(-1)?.slice(7, 26))).toEqual([
      '20261124T080000000Z',
      '20261124T080000001Z',
      '20261124T080000002Z',
    ])
    expect(listBackups(`sqlite:///${path}`).map(({ at }) => at - now)).toEqual([5, 4, 3])
    expect(backupsOf(path)).toEqual(expect.arrayContaining(foreign))
    expect(backupsOf(path)).toHaveLength(3 + foreign.length + 1)
    await store.close()
  })

  it('stay when the database is damaged: a bad copy pushes out no good one', async () => {
    const { path, store } = await somePeople(200)
    await store.close()
    const { backup } = await back(path, { keep: 1 })
    const size = statSync(path).size
    truncateSync(path, size - 3 * 4096)
    for (const method of ['pages', 'vacuum'] as const) {
      const outcome = await createBackup(options(path, { method, keep: 1, now: now + 1 }))
      expect(outcome).toMatchObject({ kind: 'damaged', problems: [expect.any(String)] })
    }
    expect(listBackups(`sqlite:///${path}`).map((one) => one.path)).toEqual([backup.path])
    expect(backupsOf(path)).toHaveLength(1)
    await repair(backup.path, path)
  })
})

/** The database of a test has to be sound when it ends. */
async function repair(from: string, to: string): Promise<void> {
  writeFileSync(to, '')
  const db = new Database(from)
  db.prepare('vacuum into ?').run(to)
  db.close()
  chmodSync(to, 0o600)
}

describe('a backup whose process is killed', () => {
  it.each(['backup.in-copy', 'backup.before-rename'])(
    'at %s leaves the last good one, and the next sweeps what is left of it',
    async (point) => {
      const { path, store } = await somePeople()
      enlarge(path)
      const good = await back(path)
      const other = otherProcess(`
        import { writeSync } from 'node:fs'
        const faults = {
          at(point) {
            if (point !== ${JSON.stringify(point)}) return
            writeSync(1, 'there\\n')
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
          },
        }
        await createBackup({ url: 'sqlite:///${path}', method: 'pages', now: ${now + 1}, faults })
      `)
      await other.said('there')
      // While it lives, what it works on stays.
      await back(path, { now: now + 2 })
      const working = backupsOf(path).filter((name) => name.endsWith('.part'))
      expect(working).toHaveLength(1)
      await other.kill()
      expect(listBackups(`sqlite:///${path}`).map(({ at }) => at - now)).toEqual([2, 0])
      expect(ask(good.backup.path, 'pragma integrity_check')).toBe('ok')
      await back(path, { now: now + 3 })
      expect(backupsOf(path)).toHaveLength(3)
      expect(backupsOf(path).filter((name) => name.startsWith('.'))).toEqual([])
      expect(unsoundFile(good.backup.path)).toEqual([])
      await store.users.create({ telegramId: 77 }, change)
      await store.close()
    },
  )
})
