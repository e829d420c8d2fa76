import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { checkDatabase, type DatabaseReport, databaseFacts, openStore, sqliteVersion } from '../src/index.ts'
import { change, lease, newFile, now, startedRun, withActions, withJob, withUsers } from './fixtures.ts'

const check = (path: string, depth: 'quick' | 'full' = 'full') =>
  checkDatabase({ url: `sqlite:///${path}`, depth })

const problems = ({ checks }: DatabaseReport) =>
  Object.fromEntries(checks.flatMap((one) => (one.problems.length > 0 ? [[one.name, one.problems]] : [])))

/** A database in the middle of a run, and what breaks it, past the guards of the tables. */
async function running() {
  const path = join(mkdtempSync(join(tmpdir(), 'kamihi-check-')), 'kamihi.db')
  const store = await openStore({ url: `sqlite:///${path}` })
  await withActions(store, 'report')
  const run = await startedRun(store, { userIds: await withUsers(store, 3), perUser: true })
  await store.deliveries.claim(lease('w1'), 1, now)
  const break_ = (sql: string) => {
    const db = new Database(path)
    db.pragma('foreign_keys = off')
    db.exec(sql)
    db.close()
  }
  return { path, store, run, break_ }
}

describe('a check of the database', () => {
  it('finds nothing in a sound one, while it is used, and changes nothing', async () => {
    const { path, store } = await running()
    const report = await check(path)
    expect(report).toMatchObject({ path, exists: true, ok: true, sizeBytes: statSync(path).size })
    expect(report.checks.map(({ name }) => name)).toEqual([
      'integrity',
      'schema',
      'foreign_keys',
      'counts',
      'orphans',
      'audit',
    ])
    expect(problems(report)).toEqual({})
    expect(problems(await check(path, 'quick'))).toEqual({})
    await store.close()
    const before = readFileSync(path)
    await check(path)
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  it.each([
    ['counts', 'update runs set sent = 2', /^run \S+: counts other deliveries than it has$/],
    ['counts', 'update runs set total = 99', /counts other deliveries/],
    [
      'counts',
      'delete from deliveries where id in (select id from deliveries limit 1)',
      /counts other deliveries/,
    ],
    [
      'foreign_keys',
      "insert into user_roles (user_id, role_id) values ('gone', 'gone')",
      /Row \d+ of user_roles refers to nothing in (users|roles)/,
    ],
    [
      'orphans',
      "insert into parts (delivery_id, idx, state) values ('gone', 0, 'sent')",
      /^part gone: belongs to no delivery$/,
    ],
    ['orphans', "update deliveries set run_id = 'gone'", /^delivery .* belongs to no run$/],
    ['orphans', "update runs set job_id = 'gone'", /^run \S+: belongs to no job$/],
    ['orphans', "update runs set state = 'completed'", /^run \S+: has ended at no time/],
    ['orphans', 'update deliveries set finished_at = 5', /^delivery \S+, \S+, \S+: has ended at no time/],
    [
      'orphans',
      `update runs set state = 'completed', finished_at = ${now}`,
      /is open though its run has ended/,
    ],
    [
      'orphans',
      "update deliveries set state = 'sending', lease_worker = null",
      /is being worked on by nobody/,
    ],
    ['orphans', "update deliveries set state = 'retrying'", /waits for a retry that has no time/],
  ] as const)('finds wrong %s: %s', async (name, sql, message) => {
    const { path, store, break_ } = await running()
    await store.close()
    break_(sql)
    const report = await check(path)
    expect(report.ok).toBe(false)
    expect(problems(report)[name]?.join('\n')).toMatch(new RegExp(message, 'm'))
    expect(report.checks.find((one) => one.name === name)?.found).toMatch(/\d+ .* wrong\./)
  })

  it('finds damage that a quick look misses, and looks no further', async () => {
    const { path, store } = await running()
    await store.roles.create({ name: 'Misnamed' }, change)
    await store.close()
    confuseIndex(path)
    expect((await check(path, 'quick')).checks[0]?.problems).toEqual([])
    const report = await check(path)
    expect(report.checks.map(({ name }) => name)).toEqual(['integrity'])
    expect(report.checks[0]).toMatchObject({
      found: 'The file is damaged.',
      problems: [expect.stringMatching(/index/)],
    })
  })

  it.each([
    ['its head', (path: string) => overwrite(path, 0)],
    ['a page in the middle', (path: string) => overwrite(path, 4096 * 3)],
    ['its end, which is gone', (path: string) => truncateSync(path, statSync(path).size - 4096 * 2)],
    ['everything', (path: string) => truncateSync(path, 0)],
  ])('tells damage of %s, and makes it no worse', async (_what, damage) => {
    const { path, store } = await running()
    await store.close()
    damage(path)
    writeFileSync(`${path}-wal`, 'a journal')
    const before = readFileSync(path)
    const report = await check(path)
    expect(report).toMatchObject({ ok: false, exists: true })
    expect(report.checks[0]?.problems[0]).toMatch(/./)
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readFileSync(`${path}-wal`, 'utf8')).toBe('a journal')
  })

  it('tells a schema that is older or newer, and reads no rows of it', async () => {
    const { path, store, break_ } = await running()
    await store.close()
    const { schema } = await check(path)
    break_('delete from __drizzle_migrations where rowid = (select max(rowid) from __drizzle_migrations)')
    const older = await check(path)
    expect(older.schema).toEqual({ current: schema.latest - 1, latest: schema.latest })
    expect(problems(older)).toEqual({ schema: [`The schema is ${schema.latest - 1} of ${schema.latest}.`] })
    break_("insert into __drizzle_migrations (hash, created_at) values ('x', 1), ('y', 2)")
    expect(problems(await check(path)).schema?.[0]).toMatch(/this version of Kamihi knows/)
  })

  it('tells that there is none', async () => {
    const { path } = newFile()
    expect(await check(path)).toMatchObject({ exists: false, ok: false, checks: [] })
    expect(existsSync(dirname(path))).toBe(true)
    expect(existsSync(path)).toBe(false)
  })
})

describe('the facts of a database', () => {
  it('are who holds its leases, and which jobs are switched on for how many', async () => {
    const { path, store } = await running()
    await withJob(store, { enabled: false })
    await store.leases.acquire('poller', lease('bot'), now)
    const facts = databaseFacts(`sqlite:///${path}`)
    expect(facts.leases).toEqual([{ name: 'poller', holder: 'bot', until: now + 15_000 }])
    expect(facts.jobs).toMatchObject([
      { action: 'report', actionState: 'loaded', cronExpression: '* * * * *', recipients: 3, perUser: true },
    ])
    expect(facts.lastBackupAt).toBeNull()
    expect(sqliteVersion()).toMatch(/^3\.\d+\.\d+$/)
    await store.close()
  })
})

/** Overwrites some bytes. */
function overwrite(path: string, at: number): void {
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(64, 0xff), 0, 64, at)
  closeSync(file)
}

/** Makes an index know a row by another value than the row has: sound pages that contradict each other. */
function confuseIndex(path: string): void {
  const pages = readFileSync(path)
  const name = Buffer.from('Misnamed')
  const [first, second] = [pages.indexOf(name), pages.lastIndexOf(name)]
  expect(second).toBeGreaterThan(first)
  pages.write('Renamed!', second)
  writeFileSync(path, pages)
}
