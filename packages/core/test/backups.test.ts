import { closeSync, mkdtempSync, openSync, readdirSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBackup, listBackups, openStore, type Store } from '@kamihi/store'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  createBackups,
  followTime,
  type Logger,
  loadConfig,
  nextBackupAt,
  silentLogger,
} from '../src/index.ts'

const hourMs = 3_600_000
const minuteMs = 60_000

/** Time that the test moves. */
function movingTime(start: number) {
  let time = start
  const listeners = new Set<() => void>()
  return {
    now: () => time,
    onMove(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    advance(ms: number) {
      time += ms
      for (const listener of [...listeners]) listener()
    },
  }
}

/** A database whose backups go by a time of their own, which begins when the file was made. */
async function bot(backup: object = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'kamihi-backups-'))
  const path = join(cwd, 'kamihi.db')
  const url = `sqlite:///${path}`
  const { config } = await loadConfig({ cwd, overrides: { db: { url, backup } } })
  const store = await openStore({ url })
  onTestFinished(() => store.close())
  const time = movingTime(statSync(path).birthtimeMs)
  const told: { level: string; text: string }[] = []
  const logger: Logger = {
    ...silentLogger(),
    info: (_fields, text) => told.push({ level: 'info', text: text ?? '' }),
    error: (fields, text) =>
      told.push({ level: 'error', text: `${text} ${(fields as { err?: Error }).err?.message}` }),
  }
  const start = async (worker: string) => {
    const backups = createBackups({ kamihi: { config, store, logger }, clock: followTime(time), worker })
    await backups.start()
    onTestFinished(() => backups.stop(AbortSignal.timeout(1000)))
    return backups
  }
  /** Lets minutes pass one by one, as long as the work of each takes. */
  const pass = async (minutes: number) => {
    for (let n = 0; n < minutes; n += 1) {
      time.advance(minuteMs)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const made = () => listBackups(url)
  return { path, url, config, store, time, told, start, pass, made }
}

/** Spoils the last page, which holds the end of a long text, behind the back of whoever has the file open. */
function damageEnd(path: string): void {
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(8, 0xff), 0, 8, statSync(path).size - 4096)
  closeSync(file)
}

const audited = async (store: Store) => (await store.audit.list({ verb: 'backup.created' })).items.length

describe('the backups of a running bot', () => {
  it('are made when the newest is old enough, are few, and are written down', async () => {
    const { start, pass, made, time, store, told } = await bot({ every: '24h', keep: 2 })
    await start('a')
    await pass(5)
    expect(made()).toEqual([])
    for (let day = 1; day <= 3; day += 1) {
      time.advance(24 * hourMs)
      await expect.poll(() => audited(store)).toBe(day)
      await expect.poll(() => told.length).toBe(day)
    }
    expect(made()).toHaveLength(2)
    expect(told).toEqual(Array(3).fill({ level: 'info', text: 'Backup made' }))
    expect((await store.audit.list({ verb: 'backup.created' })).items[0]).toMatchObject({
      actor: { kind: 'system', name: 'backups' },
      object: { kind: 'backup', label: expect.stringMatching(/^kamihi-/) },
    })
  })

  it('count from the newest that is there, whoever made it, and a restart does not put them off', async () => {
    const { url, start, pass, made, time } = await bot({ every: '24h' })
    time.advance(20 * hourMs)
    await createBackup({ url, method: 'vacuum', now: time.now() })
    const first = await start('a')
    time.advance(23 * hourMs)
    await pass(3)
    await first.stop(AbortSignal.timeout(1000))
    expect(made()).toHaveLength(1)
    await start('a')
    time.advance(hourMs)
    await expect.poll(() => made().length).toBe(2)
  })

  it('of two processes are made by one', async () => {
    const { start, made, time, store, pass } = await bot({ every: '24h' })
    await start('a')
    await start('b')
    time.advance(24 * hourMs)
    await expect.poll(() => audited(store)).toBe(1)
    await pass(10)
    await expect.poll(() => store.leases.holder('backup', time.now())).toBeNull()
    expect(made()).toHaveLength(1)
  })

  it('wait while another process holds their lease', async () => {
    const { start, made, time, store, pass } = await bot({ every: '24h' })
    time.advance(24 * hourMs)
    await store.leases.acquire('backup', { worker: 'b', until: time.now() + hourMs }, time.now())
    await start('a')
    await pass(30)
    expect(made()).toEqual([])
    await store.leases.release('backup', 'b')
    await pass(1)
    await expect.poll(() => made().length).toBe(1)
  })

  it('that fail are told, keep the older ones, and are tried again a quarter of an hour later', async () => {
    const { path, start, made, time, told, pass, store } = await bot({ every: '24h' })
    await start('a')
    time.advance(24 * hourMs)
    await expect.poll(() => made().length).toBe(1)
    const [good] = made()
    const folder = join(path, '..', 'backups')
    await store.settings.set('filler', '.'.repeat(40_000))
    await store.file.checkpoint()
    damageEnd(path)
    time.advance(24 * hourMs)
    await expect.poll(() => told.filter(({ level }) => level === 'error').length).toBe(1)
    expect(told.at(-1)?.text).toMatch(/tried again in 15 minutes The database is damaged.*kamihi db check/)
    await pass(14)
    expect(told.filter(({ level }) => level === 'error')).toHaveLength(1)
    await pass(2)
    await expect.poll(() => told.filter(({ level }) => level === 'error').length).toBe(2)
    expect(made().map((one) => one.path)).toEqual([good?.path])
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('are not put off by one from a future, which a wrong clock has made', async () => {
    const { url, start, made, time } = await bot({ every: '24h' })
    await createBackup({ url, method: 'vacuum', now: time.now() + 5000 * 24 * hourMs })
    await start('a')
    time.advance(24 * hourMs)
    await expect.poll(() => made().length).toBe(2)
  })

  it('are not made when they are switched off', async () => {
    const { start, made, time, pass, store } = await bot({ every: 'never' })
    await start('a')
    time.advance(1000 * hourMs)
    await pass(3)
    expect([made().length, await store.leases.holder('backup', time.now())]).toEqual([0, null])
  })

  it('end with the bot, in the middle of one too, and leave nothing half done', async () => {
    const { path, start, made, time, store } = await bot({ every: '24h' })
    const backups = await start('a')
    time.advance(24 * hourMs)
    await expect.poll(() => store.leases.holder('backup', time.now())).toBe('a')
    await backups.stop(AbortSignal.timeout(1000))
    expect(await store.leases.holder('backup', time.now())).toBeNull()
    const files = readdirSync(join(path, '..', 'backups'))
    expect(files).toHaveLength(made().length)
  })
})

describe('the next backup', () => {
  it('is due some time after the newest, or after the database was made', () => {
    expect(nextBackupAt(null, 1000, 24)).toBe(1024)
    expect(nextBackupAt(5000, 1000, 24)).toBe(5024)
  })
})
