import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import {
  createBackup,
  openStore,
  type RestoreOptions,
  type RestoreOutcome,
  restoreBackup,
  type Store,
  settleRestore,
} from '../src/index.ts'
import { change, lease, newFile, now, startedRun, withActions, withJob, withUsers } from './fixtures.ts'
import { otherProcess } from './harness/process.ts'
import { unsoundFile } from './model/soundness.ts'

const later = now + 3_600_000

async function backUp(path: string): Promise<string> {
  const outcome = await createBackup({ url: `sqlite:///${path}`, method: 'pages', now })
  if (outcome.kind !== 'made') throw new Error(JSON.stringify(outcome))
  return outcome.backup.path
}

const restore = (path: string, file: string, more: Partial<RestoreOptions> = {}): Promise<RestoreOutcome> =>
  restoreBackup({ url: `sqlite:///${path}`, file, change: { ...change, now: later }, ...more })

function restored(outcome: RestoreOutcome): Extract<RestoreOutcome, { kind: 'restored' }> {
  if (outcome.kind !== 'restored') throw new Error(JSON.stringify(outcome))
  return outcome
}

const namesOf = async (store: Store) => (await store.users.list({})).items.map(({ name }) => name).sort()
const beside = (path: string) => readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)))

/** A database with one person, a backup of it, and another person who came after. */
async function twoStates() {
  const file = newFile()
  const store = await file.open()
  await store.users.create({ telegramId: 1, name: 'Before' }, change)
  const backup = await backUp(file.path)
  await store.users.create({ telegramId: 2, name: 'After' }, change)
  return { ...file, store, backup }
}

describe('a restored backup', () => {
  it('is the database, and what was the database is kept with what its journal held', async () => {
    const { path, open, store, backup } = await twoStates()
    await store.close()
    const outcome = restored(await restore(path, backup))
    expect(outcome).toMatchObject({ path, old: `${path}.before-restore-20261124T090000Z` })
    expect(beside(path).sort()).toEqual([path, outcome.old, `${path}.id`].map((file) => basename(file ?? '')))
    const now = await open()
    expect(await namesOf(now)).toEqual(['Before'])
    await now.close()
    const old = await openStore({ url: `sqlite:///${outcome.old}` })
    expect(await namesOf(old)).toEqual(['After', 'Before'])
    await old.close()
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(existsSync(backup)).toBe(true)
  })

  it('can itself be undone, by restoring what was kept', async () => {
    const { path, open, store, backup } = await twoStates()
    await store.close()
    const { old } = restored(await restore(path, backup))
    restored(await restore(path, old ?? ''))
    const again = await open()
    expect(await namesOf(again)).toEqual(['After', 'Before'])
    await again.close()
    const kept = beside(path).filter((name) => /before-restore-\w+(-\d+)?$/.test(name))
    expect(kept).toHaveLength(2)
  })

  it('takes the place of a database that is gone', async () => {
    const { open, store, backup } = await twoStates()
    await store.close()
    const lost = join(mkdtempSync(join(tmpdir(), 'kamihi-lost-')), 'deep', 'kamihi.db')
    expect(restored(await restore(lost, backup)).old).toBeNull()
    const found = await openStore({ url: `sqlite:///${lost}` })
    expect(await namesOf(found)).toEqual(['Before'])
    await found.close()
    await (await open()).close()
  })

  it('takes the place of a database that is damaged, which is kept byte by byte with its journal', async () => {
    const { path, open, store, backup } = await twoStates()
    await store.close()
    const ruins = 'no database at all '.repeat(1000)
    writeFileSync(path, ruins)
    writeFileSync(`${path}-wal`, 'its journal')
    const { old } = restored(await restore(path, backup))
    expect(readFileSync(old ?? '', 'utf8')).toBe(ruins)
    expect(readFileSync(`${old}-wal`, 'utf8')).toBe('its journal')
    expect(existsSync(`${path}-wal`)).toBe(false)
    const again = await open()
    expect(await namesOf(again)).toEqual(['Before'])
    await again.close()
  })

  it('of an older schema is brought up to date', async () => {
    const { path, open } = newFile()
    await (await open()).close()
    const older = oldBackup()
    const { schema } = restored(await restore(path, older))
    expect(schema).toBe(1)
    const again = await open()
    expect(await namesOf(again)).toEqual(['Old'])
    await again.close()
    expect(beside(older)).toEqual([basename(older)])
  })

  it('is written down in the audit log, by whom and from what', async () => {
    const { path, open, store, backup } = await twoStates()
    await store.close()
    await restore(path, backup)
    const again = await open()
    expect((await again.audit.list({ verb: 'database.restored' })).items).toMatchObject([
      {
        actor: change.actor,
        object: { kind: 'database', label: basename(backup) },
        at: new Date(later).toISOString(),
      },
    ])
    await again.close()
  })
})

/** A backup of the first schema, with one person. */
function oldBackup(): string {
  const folder = new URL('../migrations/sqlite/', import.meta.url)
  const journal = JSON.parse(readFileSync(new URL('meta/_journal.json', folder), 'utf8')) as {
    entries: { tag: string; when: number }[]
  }
  const first = journal.entries[0] ?? { tag: '', when: 0 }
  const path = join(mkdtempSync(join(tmpdir(), 'kamihi-old-')), 'old.db')
  const db = new Database(path)
  db.exec(
    readFileSync(new URL(`${first.tag}.sql`, folder), 'utf8').replaceAll('--> statement-breakpoint', ''),
  )
  db.exec(
    'create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)',
  )
  db.prepare("insert into __drizzle_migrations (hash, created_at) values ('first', ?)").run(first.when)
  db.prepare(
    "insert into users (id, telegram_id, chat_id, name, profile, created_at, updated_at) values ('1', 1, 1, 'Old', '{}', 0, 0)",
  ).run()
  db.close()
  return path
}

describe('restored history', () => {
  /** A backup from the middle of everything: a run with a delivery in each state, another run that waits, a message not answered. */
  async function busyBackup() {
    const file = newFile()
    const store = await file.open()
    await withActions(store, 'report')
    const userIds = await withUsers(store, 6)
    const run = await startedRun(store, { userIds, perUser: true })
    const claimed = await store.deliveries.claim(lease('w1'), 5, now)
    const [acting, acted, sending, sent, retrying] = claimed.map(({ id }) => id)
    const step = <K extends string>(kind: K, id: string | undefined) => ({ kind, id: id ?? '', worker: 'w1' })
    const output = [{ kind: 'text' as const, text: 'Hello', entities: [] }]
    const failure = { class: 'unavailable', message: 'Telegram is down' }
    await store.deliveries.record(
      [
        ...[acting, acted, sending, sent, retrying].map((id) => step('acting', id)),
        ...[acted, sending, sent, retrying].map((id) => ({ ...step('acted', id), output })),
        ...[sending, sent].map((id) => ({ ...step('sending', id), part: 0 })),
        { ...step('part_sent', sent), part: 0, messageId: 9 },
        step('sent', sent),
        { ...step('retry', retrying), at: now, failure, countsAsAttempt: true, possiblyDuplicated: false },
      ],
      now,
    )
    const waiting = await withJob(store, { userIds, cronExpression: '0 9 * * *' }, now)
    await store.runs.enqueueManual(
      { jobId: waiting.id, idempotencyKey: 'k', args: null, onlyUserIds: null, dryRun: false },
      change,
    )
    await store.updates.receive([{ updateId: 5, payload: { update_id: 5 } }], now)
    const { kind } = await store.accounts.createFirstOwner({ username: 'ana', passwordHash: 'x' }, change)
    expect(kind).toBe('created')
    const account = await store.accounts.getByUsername('ana')
    const session = { id: 's', accountId: account?.id ?? '', ip: '', userAgent: '' }
    await store.sessions.create({ ...session, expiresAt: later * 2 }, change)
    await store.leases.acquire('scheduler', lease('w1'), now)
    const backup = await backUp(file.path)
    await store.close()
    return { ...file, backup, run, waiting, sending, acting }
  }

  it('does not happen again: nothing is due, nothing goes on, nobody is signed in', async () => {
    const { path, open, backup, run, sending, acting } = await busyBackup()
    const { changed } = restored(await restore(path, backup))
    expect(changed).toEqual({
      sessionsEnded: 1,
      uncertain: 1,
      runsCancelled: 2,
      jobsMoved: 2,
      updatesDropped: 1,
    })
    expect(unsoundFile(path)).toEqual([])
    const store = await open()
    expect(await store.jobs.listDue(later + 999_999_999, 10)).toEqual([])
    expect((await store.jobs.listToReschedule()).map(({ nextRunAt }) => nextRunAt)).toEqual([null, null])
    expect(await store.runs.listOpen()).toEqual([])
    expect(await store.deliveries.claim(lease('w2', later + 1), 10, later)).toEqual([])
    expect(await store.updates.unhandled()).toEqual([])
    expect(await store.sessions.use('s', later)).toBeNull()
    expect(await store.leases.holder('scheduler', now)).toBeNull()
    expect(await store.runs.get(run.id)).toMatchObject({
      counts: { total: 6, sent: 1, uncertain: 1, failed: 1, cancelled: 3, pending: 0, inProgress: 0 },
      reasonDetail: expect.stringContaining('backup'),
    })
    expect(await store.deliveries.get(sending ?? '')).toMatchObject({
      state: 'uncertain',
      error: { class: 'ambiguous' },
    })
    expect(await store.deliveries.get(acting ?? '')).toMatchObject({
      state: 'failed',
      error: { class: 'interrupted' },
    })
    await store.close()
  })

  it('can be tried again by hand, for those who got nothing', async () => {
    const { path, open, backup, run } = await busyBackup()
    await restore(path, backup)
    const store = await open()
    const retry = await store.runs.enqueueRetry(run.id, { ...change, now: later })
    expect(retry).toMatchObject({ kind: 'enqueued', run: { retryOf: run.id } })
    await store.close()
  })

  it('tells jobs their next time after now, where the schedule can be read', async () => {
    const { path, open, backup, waiting } = await busyBackup()
    const nextRunAt = ({ cronExpression }: { cronExpression: string }) =>
      cronExpression === waiting.cronExpression ? later + 1000 : null
    await restore(path, backup, { nextRunAt })
    const store = await open()
    expect((await store.jobs.get(waiting.id))?.nextRunAt).toBe(later + 1000)
    expect(await store.jobs.listDue(later, 10)).toEqual([])
    await store.close()
  })

  it('leaves a time that has not come as it is', async () => {
    const { path, open } = newFile()
    const store = await open()
    await withActions(store, 'report')
    const job = await withJob(store, {}, later + 5)
    const backup = await backUp(path)
    await store.close()
    await restore(path, backup)
    const again = await open()
    expect((await again.jobs.get(job.id))?.nextRunAt).toBe(later + 5)
    await again.close()
  })

  it('goes on when it is asked to catch up; what was in the air stays uncertain', async () => {
    const { path, open, backup, run, waiting } = await busyBackup()
    const { changed } = restored(await restore(path, backup, { catchUp: true }))
    expect(changed).toEqual({
      sessionsEnded: 1,
      uncertain: 1,
      runsCancelled: 0,
      jobsMoved: 0,
      updatesDropped: 0,
    })
    expect(unsoundFile(path)).toEqual([])
    const store = await open()
    expect((await store.jobs.get(waiting.id))?.nextRunAt).toBe(now)
    expect(await store.runs.get(run.id)).toMatchObject({
      state: 'running',
      counts: { uncertain: 1, inProgress: 1 },
    })
    expect((await store.runs.listOpen()).length).toBe(2)
    expect(await store.updates.unhandled()).toHaveLength(1)
    await store.close()
  })
})

describe('a restore is refused, and the database stays as it is,', () => {
  it('while a bot works on it', async () => {
    const { path, open, store, backup } = await twoStates()
    for (const name of ['poller', 'scheduler']) {
      await store.leases.acquire(name, lease('bot', later + 1), later)
      expect(await restore(path, backup)).toEqual({
        kind: 'bot_running',
        lease: { name, holder: 'bot', until: later + 1 },
      })
      await store.leases.release(name, 'bot')
    }
    await store.close()
    expect(restored(await restore(path, backup)).kind).toBe('restored')
    await (await open()).close()
  })

  it('while any process has it open, whatever its leases say', async () => {
    const { path, store, backup } = await twoStates()
    await store.leases.acquire('poller', lease('dead', later - 1), now)
    expect(await restore(path, backup)).toEqual({ kind: 'in_use' })
    await store.close()
    const other = otherProcess(`
      const store = await openStore({ url: 'sqlite:///${path}' })
      console.log('open')
      setInterval(() => {}, 1000)
    `)
    await other.said('open')
    expect(await restore(path, backup)).toEqual({ kind: 'in_use' })
    expect(existsSync(`${path}.restoring`)).toBe(false)
    await other.kill()
    expect(restored(await restore(path, backup)).kind).toBe('restored')
  })

  it('when the file is none that could be restored', async () => {
    const { path, open, store, backup } = await twoStates()
    await store.close()
    const folder = mkdtempSync(join(tmpdir(), 'kamihi-files-'))
    const file = (name: string, content: string | Buffer) => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    }
    const other = new Database(join(folder, 'other.db'))
    other.exec('create table songs (name)')
    other.close()
    const newer = file('newer.db', readFileSync(backup))
    const db = new Database(newer)
    db.exec("insert into __drizzle_migrations (hash, created_at) values ('x', 1)")
    const { latest } = {
      latest: Number(db.prepare('select count(*) from __drizzle_migrations').pluck().get()) - 1,
    }
    db.close()
    const cut = file('cut.db', readFileSync(backup))
    truncateSync(cut, statSync(cut).size - 3 * 4096)
    const before = readFileSync(path)

    expect(await restore(path, join(folder, 'none.db'))).toEqual({
      kind: 'no_file',
      path: join(folder, 'none.db'),
    })
    expect(await restore(path, path)).toEqual({ kind: 'same_file', path })
    expect(await restore(path, file('empty.db', ''))).toEqual({ kind: 'not_a_backup' })
    expect(await restore(path, join(folder, 'other.db'))).toEqual({ kind: 'not_a_backup' })
    expect(await restore(path, file('text.db', 'words '.repeat(1000)))).toMatchObject({ kind: 'damaged' })
    expect(await restore(path, cut)).toMatchObject({ kind: 'damaged' })
    expect(await restore(path, newer)).toEqual({ kind: 'newer_schema', schema: latest + 1, latest })

    expect(readFileSync(path).equals(before)).toBe(true)
    expect(beside(path).filter((name) => /restor/.test(name))).toEqual([])
    await (await open()).close()
  })
})

describe('a restore whose process is killed', () => {
  /** Restores in another process, which stops at a point. */
  async function stopAt(point: string) {
    const states = await twoStates()
    const { path, store, backup } = states
    await store.close()
    const other = otherProcess(`
      import { writeSync } from 'node:fs'
      const faults = {
        at(point) {
          if (point !== ${JSON.stringify(point)}) return
          writeSync(1, 'there\\n')
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
        },
      }
      const change = ${JSON.stringify({ ...change, now: later })}
      await restoreBackup({ url: 'sqlite:///${path}', file: ${JSON.stringify(backup)}, change, faults })
    `)
    await other.said('there')
    return { ...states, other }
  }

  it.each([
    ['restore.planned', 'undone', ['After', 'Before']],
    ['restore.old-moved', 'finished', ['Before']],
    ['restore.new-placed', 'finished', ['Before']],
  ] as const)('at %s is %s by the next start, with one whole database', async (point, _, names) => {
    const { path, open, other } = await stopAt(point)
    expect(() => settleRestore(path)).toThrow(/is being restored/)
    await expect(open()).rejects.toThrow(/is being restored/)
    await other.kill()
    const store = await open()
    expect(settleRestore(path)).toBe('nothing_to_do')
    expect(beside(path).filter((name) => name.includes('restoring'))).toEqual([])
    expect(await namesOf(store)).toEqual(names)
    await store.close()
    expect(unsoundFile(path)).toEqual([])
  })

  it('is put back when its new file was lost as well', async () => {
    const { path, open, other } = await stopAt('restore.old-moved')
    await other.kill()
    rmSync(join(`${path}.restoring`, 'new.db'))
    expect(settleRestore(path)).toBe('undone')
    const store = await open()
    expect(await namesOf(store)).toEqual(['After', 'Before'])
    await store.close()
  })
})
