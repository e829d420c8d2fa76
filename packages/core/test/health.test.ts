import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@kamihi/store'
import { provoke } from '@kamihi/store/testing'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { HealthStatus } from '../src/health/status.ts'
import { createHealth, type HealthPart } from '../src/health.ts'
import { defineAction, followTime, silentLogger } from '../src/index.ts'
import { change, startTestBot } from './bot.ts'
import { type HandClock, handClock } from './handClock.ts'

interface Watched {
  store: Store
  path: string
  clock: HandClock
  health: HealthPart
  /** Every status that people were told of. */
  told: HealthStatus[]
  /** A write of the bot, which may be refused. */
  write(): Promise<unknown>
}

async function watched(): Promise<Watched> {
  const path = join(mkdtempSync(join(tmpdir(), 'kamihi-health-')), 'kamihi.db')
  const store = await openStore({ url: `sqlite:///${path}`, service: true })
  const clock = handClock()
  const told: HealthStatus[] = []
  const health = createHealth({
    store,
    clock,
    logger: silentLogger(),
    tell: async (status) => void told.push(status),
  })
  health.start()
  onTestFinished(async () => {
    await health.stop()
    await store.close()
  })
  let telegramId = 0
  const write = () => {
    telegramId += 1
    return store.users
      .create({ telegramId, profile: { note: 'x'.repeat(300_000) } }, change)
      .catch((error) => error)
  }
  return { store, path, clock, health, told, write }
}

/** Lets the time pass until it holds. */
async function passesUntil(clock: HandClock, ms: number, holds: () => boolean): Promise<void> {
  await expect
    .poll(() => {
      clock.pass(ms)
      return holds()
    })
    .toBe(true)
}

describe('a database that can no longer be written', () => {
  it.each(['full', 'readonly'] as const)(
    'because it is %s is noticed by the first write that fails, told once, and told again when it is over',
    async (fault) => {
      const { store, clock, health, told, write } = await watched()
      const seen: string[] = []
      health.onChange(({ state }) => seen.push(state))
      expect(health.isWritable()).toBe(true)
      provoke(store, fault)
      await write()
      await write()
      expect(health.status()).toMatchObject({ state: 'degraded', reason: fault, since: clock.now() })
      expect(health.isWritable()).toBe(false)
      expect(await store.users.list({})).toMatchObject({ total: 0 })

      const failures: string[] = []
      store.file.onFailure(({ code }) => failures.push(code))
      await passesUntil(clock, 1000, () => failures.length > 1)
      expect(health.isWritable()).toBe(false)

      provoke(store, null)
      await passesUntil(clock, 1000, health.isWritable)
      expect(seen).toEqual(['degraded', 'ok'])
      expect(told.map(({ state }) => state)).toEqual(['degraded', 'ok'])
    },
  )

  it('is tried no sooner than fifteen seconds later', async () => {
    const { store, clock, health, write } = await watched()
    provoke(store, 'readonly')
    await write()
    provoke(store, null)
    clock.pass(14_999)
    await new Promise(setImmediate)
    expect(health.isWritable()).toBe(false)
    clock.pass(1)
    await expect.poll(health.isWritable).toBe(true)
  })

  it('is left alone once the bot has stopped: a reserve that was begun is there whole', async () => {
    const { path, clock, health } = await watched()
    clock.pass(10_000)
    await health.stop()
    expect([existsSync(`${path}.reserve`), existsSync(`${path}.reserve.partial`)]).toEqual([true, false])
  })

  it('gets room by what frees some, and by the reserve that is given up for it', async () => {
    const { store, path, clock, health, write } = await watched()
    clock.pass(10_000)
    await expect.poll(() => existsSync(`${path}.reserve`)).toBe(true)
    const during: boolean[] = []
    const undo = health.whenFull(async () => {
      during.push(existsSync(`${path}.reserve`))
      provoke(store, null)
    })
    provoke(store, 'full')
    await write()
    await passesUntil(clock, 1000, health.isWritable)
    expect(during[0]).toBe(false)
    expect(existsSync(`${path}.reserve`)).toBe(true)
    undo()
  })

  it('goes on to be tried when what should free room fails', async () => {
    const { store, clock, health, write } = await watched()
    health.whenFull(() => Promise.reject(new Error('no room')))
    provoke(store, 'full')
    await write()
    provoke(store, null)
    await passesUntil(clock, 1000, health.isWritable)
  })
})

describe('a database whose file is lost while the bot runs', () => {
  it.each<[string, (path: string) => void]>([
    ['removed', (path) => rmSync(path)],
    ['removed', (path) => renameSync(path, `${path}.old`)],
    ['replaced', (path) => putAnother(path)],
    ['cut off', (path) => truncateSync(path, 0)],
  ])(
    'because it was %s ends the bot with a sentence, and nothing is written to it any more',
    async (fate, lose) => {
      const { store, path, clock, health, told } = await watched()
      lose(path)
      clock.pass(10_000)
      const failure = await health.fatal
      expect(failure).toMatchObject({ code: 'vanished' })
      expect(failure.message).toMatch(
        new RegExp(`${path} was ${fate} while the bot was running\\. .*kamihi db restore`),
      )
      expect(health.status()).toMatchObject({ state: 'degraded', reason: 'vanished' })
      expect(told).toHaveLength(1)
      await expect(store.users.create({ telegramId: 9 }, change)).rejects.toBe(failure)
    },
  )
})

/** Another database in the place of this one. */
function putAnother(path: string): void {
  copyFileSync(path, `${path}.other`)
  renameSync(`${path}.other`, path)
}

describe('the journal of a running bot', () => {
  it('is emptied when it is large, and each hour', async () => {
    const { store, clock } = await watched()
    const looked = vi.spyOn(store.file, 'makeReserve')
    const bytesAfter = async (ms: number) => {
      const before = looked.mock.calls.length
      clock.pass(ms)
      await expect.poll(() => looked.mock.calls.length).toBe(before + 1)
      // The look ends with it, and only then the next one waits for its time.
      await looked.mock.results.at(-1)?.value
      await new Promise((resolve) => setImmediate(resolve))
      return store.file.journalBytes()
    }
    await store.settings.set('key', 'x')
    for (let minutes = 10; minutes < 60; minutes += 10) expect(await bytesAfter(600_000)).toBeGreaterThan(0)
    expect(await bytesAfter(600_000)).toBe(0)
    await store.settings.set('key', 'x'.repeat(17 * 1024 * 1024))
    expect(await store.file.journalBytes()).toBeGreaterThan(16 * 1024 * 1024)
    expect(await bytesAfter(10_000)).toBe(0)
  })
})

describe('a command whose end could not be recorded', () => {
  it('is not run again when the database can be written again, and is recorded then', async () => {
    let runs = 0
    const once = defineAction({
      name: 'once',
      run: () => {
        runs += 1
        provoke(bot.kamihi.store, 'readonly')
        return 'done'
      },
    })
    const bot = await startTestBot([once], {}, { clock: ({ clock }) => followTime(clock) })
    const { store, health } = bot.kamihi
    expect(await bot.say(7, '/once')).toBe('done')
    await expect.poll(health.isWritable).toBe(false)
    expect(await store.updates.unhandled()).toHaveLength(1)
    provoke(store, null)
    await expect
      .poll(async () => {
        bot.emulator.clock.advance(1000)
        return (await store.updates.unhandled()).length
      })
      .toBe(0)
    expect(runs).toBe(1)
  })
})

describe('the admins of a bot', () => {
  it('are told by Telegram when its database cannot be written, and when that is over', async () => {
    const bot = await startTestBot([], {}, { clock: ({ clock }) => followTime(clock) })
    provoke(bot.kamihi.store, 'readonly')
    await bot.kamihi.store.users.create({ telegramId: 99 }, change).catch(() => {})
    const texts = async (userId: number) =>
      (await bot.emulator.control.messages(userId)).map(({ text }) => text ?? '')
    await expect
      .poll(() => texts(7))
      .toEqual([expect.stringContaining('The database is read-only. Jobs wait')])
    provoke(bot.kamihi.store, null)
    await expect
      .poll(() => {
        bot.emulator.clock.advance(1000)
        return texts(7)
      })
      .toEqual([expect.anything(), expect.stringContaining('can be written again')])
    expect(await texts(8)).toEqual([])
  })
})
