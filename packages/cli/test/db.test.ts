import { existsSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AuditEntry, jobDefaults } from '@kamihi/contracts'
import { openStore, type Store } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { freePort, greet, json, kamihi, project, running, typed } from './cli.ts'

const change = { actor: { kind: 'cli', id: null, name: 'test' }, now: 0 } as const

interface Backup {
  path: string
  at: string
  sizeBytes: number
  schemaVersion: number
  removed: string[]
}

async function withStore<T>(dir: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ url: `sqlite:///${join(dir, 'kamihi.db')}` })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Adds people as another process would. */
const add = (dir: string, ...names: string[]) =>
  withStore(dir, async (store) => {
    for (const name of names)
      await store.users.create({ telegramId: 1000 + name.charCodeAt(0), name }, change)
  })

const people = (dir: string) =>
  withStore(dir, async (store) => (await store.users.list({})).items.map(({ name }) => name).sort())

const audited = (dir: string, verb: string): Promise<AuditEntry[]> =>
  withStore(dir, async (store) => (await store.audit.list({ verb })).items)

describe('kamihi db backup', () => {
  it('copies the database while a bot runs, privately, and writes down who did', async () => {
    const dir = project({ 'actions/greet.ts': greet })
    await running(dir, {
      KAMIHI_WEB__PORT: `${await freePort()}`,
      KAMIHI_TELEGRAM__EMULATOR__PORT: `${await freePort()}`,
    })
    await add(dir, 'Ana')
    const backup = await json<Backup>(dir, 'db', 'backup')
    expect(backup).toMatchObject({
      path: expect.stringMatching(/\/backups\/kamihi-\d{8}T\d{9}Z-[0-9a-f]{8}\.db$/),
      sizeBytes: statSync(backup.path).size,
      removed: [],
    })
    expect(statSync(backup.path).mode & 0o777).toBe(0o600)
    const copy = await openStore({ url: `sqlite:///${backup.path}` })
    expect((await copy.users.list({})).items).toMatchObject([{ name: 'Ana' }])
    await copy.close()
    expect(await audited(dir, 'backup.created')).toMatchObject([
      { actor: { kind: 'cli' }, object: { kind: 'backup', label: backup.path.split('/').at(-1) } },
    ])
  })

  it('keeps as many as it is told, or as db.backup.keep says, and says what it removed', async () => {
    const dir = project({ 'kamihi.yaml': 'db: { backup: { keep: 2 } }' })
    await add(dir, 'Ana')
    const first = await json<Backup>(dir, 'db', 'backup')
    await json(dir, 'db', 'backup')
    const { stdout } = await kamihi(dir, ['db', 'backup'])
    expect(stdout).toMatch(
      /^Backup made: backups\/kamihi-\S+ \(\d+\.\d kB\)\nRemoved: backups\/kamihi-\S+\n$/,
    )
    expect(existsSync(first.path)).toBe(false)
    await json(dir, 'db', 'backup', '--keep', '1')
    expect(readdirSync(join(dir, 'backups'))).toHaveLength(1)
  })

  it('writes to a new file that is named, and to no other', async () => {
    const dir = project()
    await add(dir, 'Ana')
    const { path } = await json<Backup>(dir, 'db', 'backup', 'mine.db')
    expect(path).toBe(join(dir, 'mine.db'))
    const again = await kamihi(dir, ['db', 'backup', 'mine.db'])
    expect(again).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^kamihi: .*is there already.*\n$/),
    })
  })

  it.each([
    ['without a database', [], 1, /There is no database at/],
    ['into a folder that cannot be made', ['/proc/backups/x.db'], 1, /\/proc/],
    ['with none to keep', ['--keep', '0'], 2, /from 1 to 99999/],
  ])('%s says so', async (what, args, code, message) => {
    const dir = project()
    if (!what.startsWith('without')) await add(dir, 'Ana')
    const ended = await kamihi(dir, ['db', 'backup', ...args])
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) })
  })
})

const action = {
  name: 'greet',
  commands: ['greet'],
  description: null,
  argsSchema: null,
  idempotent: true,
  error: null,
}

describe('kamihi db restore', () => {
  /** A project with a backup from before Luis came. */
  async function backedUp(files: Record<string, string> = {}) {
    const dir = project({ 'actions/greet.ts': greet, ...files })
    await add(dir, 'Ana')
    const job = {
      ...jobDefaults,
      userIds: [],
      roleIds: [],
      args: {},
      action: 'greet',
      cronExpression: '0 9 * * *',
    }
    await withStore(dir, async (store) => {
      await store.actions.sync([action], 0)
      await store.jobs.create(job, 1, change)
    })
    const { path } = await json<Backup>(dir, 'db', 'backup')
    await add(dir, 'Luis')
    return { dir, backup: path }
  }

  it('puts a backup in the place of the database, which it keeps', async () => {
    const { dir, backup } = await backedUp()
    const { stdout, code } = await kamihi(dir, ['db', 'restore', backup, '--yes'])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^Restored kamihi\.db from .*\nThe old database is kept as kamihi\.db\.before-restore-\d{8}T\d{6}Z\n/,
    )
    expect(stdout).toContain('1 job due since: moved to the next time')
    expect(await people(dir)).toEqual(['Ana'])
    expect(await audited(dir, 'database.restored')).toHaveLength(1)
  })

  it('places jobs at their next time, so that nothing fires for the past, unless it is asked to catch up', async () => {
    const { dir, backup } = await backedUp({ 'kamihi.yaml': 'timezone: Asia/Tokyo' })
    const nextRun = () =>
      withStore(dir, async (store) => (await store.jobs.list({})).items[0]?.nextRunAt ?? null)
    await json(dir, 'db', 'restore', backup, '--yes')
    const at = (await nextRun()) ?? 0
    expect(at).toBeGreaterThan(Date.now())
    expect(new Date(at).toISOString()).toMatch(/T00:00:00/)
    expect(await json(dir, 'db', 'restore', backup, '--yes', '--catch-up')).toMatchObject({
      changed: { jobsMoved: 0 },
    })
    expect(await nextRun()).toBe(1)
  })

  it('is refused while a bot runs, and the bot goes on', async () => {
    const { dir, backup } = await backedUp()
    const bot = await running(dir, {
      KAMIHI_WEB__PORT: `${await freePort()}`,
      KAMIHI_TELEGRAM__EMULATOR__PORT: `${await freePort()}`,
    })
    // It has its lease a moment after it says that it runs; until then it has the file open.
    const refused = await kamihi(dir, ['db', 'restore', backup, '--yes'])
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(
      /^kamihi: (A bot is running|Another process has) .*Stop it first\. Nothing was changed\.\n$/,
    )
    expect(await people(dir)).toEqual(['Ana', 'Luis'])
    expect(await bot.kill('SIGTERM')).toBe(0)
    expect((await kamihi(dir, ['db', 'restore', backup, '--yes'])).code).toBe(0)
    expect(await people(dir)).toEqual(['Ana'])
  })

  it('asks first, and does nothing where nobody can be asked', async () => {
    const { dir, backup } = await backedUp()
    const { code, stderr } = await kamihi(dir, ['db', 'restore', backup])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^kamihi: Put .* in the place of kamihi\.db\? .*--yes\.\n$/)
    expect(await people(dir)).toEqual(['Ana', 'Luis'])
  })

  it('asks at a terminal, where only yes is yes', async () => {
    const { dir, backup } = await backedUp()
    const answered = (answer: string) => kamihi(dir, ['db', 'restore', backup], {}, typed(answer))
    for (const no of ['n\n', '\n', 'yesterday\n'])
      expect(await answered(no)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/\? \[y\/N\] kamihi: Nothing was changed\.\n$/),
      })
    expect(await people(dir)).toEqual(['Ana', 'Luis'])
    expect(await answered('Yes\n')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Restored /) })
    expect(await people(dir)).toEqual(['Ana'])
  })

  it('of what is no backup says why, names the backups there are, and changes nothing', async () => {
    const { dir, backup } = await backedUp()
    writeFileSync(join(dir, 'text.db'), 'words '.repeat(2000))
    writeFileSync(join(dir, 'empty.db'), '')
    for (const [file, message] of [
      ['nothing.db', /There is no file .*nothing\.db\. Backups are backups\/kamihi-.*\.db\./],
      ['text.db', /The backup is damaged: .*not a database/],
      ['empty.db', /The file is no database of Kamihi\./],
      ['kamihi.db', /is the database itself\./],
    ] as const) {
      const { code, stderr } = await kamihi(dir, ['db', 'restore', file, '--yes'])
      expect([code, stderr]).toEqual([1, expect.stringMatching(message)])
      expect(stderr).toContain('Nothing was changed.')
    }
    expect(await people(dir)).toEqual(['Ana', 'Luis'])
    expect((await kamihi(dir, ['db', 'restore', backup, '--yes'])).code).toBe(0)
  })
})

describe('kamihi db check', () => {
  it('finds nothing wrong in a sound database', async () => {
    const dir = project()
    await add(dir, 'Ana')
    const { code, stdout } = await kamihi(dir, ['db', 'check'])
    expect(code).toBe(0)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.slice(0, 2)),
    ).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok'])
    expect(await json(dir, 'db', 'check')).toMatchObject({ ok: true, exists: true })
  })

  it('of a damaged one ends with exit code 1 and the command that brings the newest backup back', async () => {
    const dir = project()
    await add(dir, 'Ana')
    await json(dir, 'db', 'backup')
    const path = join(dir, 'kamihi.db')
    truncateSync(path, statSync(path).size - 3 * 4096)
    const { code, stdout } = await kamihi(dir, ['db', 'check'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/wrong {2}integrity +The file is damaged\./)
    const advised = /"kamihi (db restore \S+)"/.exec(stdout)?.[1] ?? ''
    const inJson = await kamihi(dir, ['db', 'check', '--json'])
    expect([inJson.code, JSON.parse(inJson.stdout)]).toMatchObject([1, { ok: false }])
    expect((await kamihi(dir, [...advised.split(' '), '--yes'])).code).toBe(0)
    expect((await kamihi(dir, ['db', 'check'])).code).toBe(0)
  })

  it('of none says so', async () => {
    expect(await kamihi(project(), ['db', 'check'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^kamihi: There is no database at .*\n$/),
    })
  })
})
