import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@kamihi/store'
import { describe, expect, it, onTestFinished } from 'vitest'
import { prefixOf } from '../../src/auth/addressPrefix.ts'
import { createGuessing, waitAfter } from '../../src/auth/guessing.ts'

const now = Date.UTC(2026, 10, 24)
const second = 1000
const minute = 60 * second

async function openAt(url: string): Promise<Store> {
  const store = await openStore({ url, synchronous: 'normal' })
  onTestFinished(() => store.close())
  return store
}
const newStore = () =>
  openAt(`sqlite:///${join(mkdtempSync(join(tmpdir(), 'kamihi-guessing-')), 'kamihi.db')}`)
/** The same file, as another process has it. */
const reopened = async (store: Store) => openAt(`sqlite:///${(await store.info()).path}`)
const address = (n: number) => `198.51.${n >> 8}.${n & 255}`

describe('guessing', () => {
  it('from one address may begin with ten tries and go on with one in ten seconds', async () => {
    const guessing = createGuessing(await newStore())
    const tries = async (count: number, at: number) => {
      const waits = []
      for (let n = 0; n < count; n += 1) waits.push(await guessing.tryFrom('198.51.100.1', at))
      return waits
    }
    expect(await tries(11, now)).toEqual([...Array.from({ length: 10 }, () => 0), 10])
    expect(await tries(2, now + 10 * second)).toEqual([0, 10])
    expect(await guessing.tryFrom('198.51.100.2', now)).toBe(0)
    expect(await tries(11, now + 60 * minute)).toEqual([...Array.from({ length: 10 }, () => 0), 10])
  })

  it('begins anew when the clock has gone back', async () => {
    const guessing = createGuessing(await newStore())
    for (let n = 0; n < 10; n += 1) await guessing.tryFrom('198.51.100.1', now)
    for (let n = 0; n < 3; n += 1) await guessing.codeFor('ana', '198.51.100.1', now)
    expect(await guessing.tryFrom('198.51.100.1', now - 60 * minute)).toBe(0)
    expect(await guessing.codeFor('ana', '198.51.100.1', now - 60 * minute)).toBe(0)
  })

  it('of one name waits 60 s after five failures, doubling to 15 minutes, until it succeeds', async () => {
    expect([4, 5, 6, 7, 8, 9, 30].map(waitAfter)).toEqual(
      [0, 60, 120, 240, 480, 900, 900].map((s) => s * second),
    )
    const guessing = createGuessing(await newStore())
    for (let n = 0; n < 5; n += 1) await guessing.record('ana', '198.51.100.1', false, now)
    expect(await guessing.secondsToWait('ANA', '198.51.100.1', now + second)).toBe(59)
    expect(await guessing.secondsToWait('ana', '198.51.100.2', now + second)).toBe(0)
    await guessing.record('ana', '198.51.100.1', true, now + minute)
    expect(await guessing.secondsToWait('ana', '198.51.100.1', now + minute)).toBe(0)
  })

  it('counts tries that are made at once before it is known how they end', async () => {
    const guessing = createGuessing(await newStore())
    const wait = () => guessing.secondsToWait('ana', '198.51.100.1', now)
    const waits = await Promise.all(Array.from({ length: 10 }, wait))
    expect(waits.filter((seconds) => seconds === 0)).toHaveLength(5)
    expect(new Set(waits)).toEqual(new Set([0, 60]))
    await guessing.takeBack('ana', '198.51.100.1')
    const soon = now + 10 * second
    expect(await guessing.secondsToWait('ana', '198.51.100.1', soon)).toBe(0)
    expect(await guessing.secondsToWait('ana', '198.51.100.1', soon)).toBe(60)
  })

  it('of a name counts for it however it is written', async () => {
    const guessing = createGuessing(await newStore())
    for (const name of ['Änne', 'ÄNNE', 'a\u0308nne', 'änne', 'Äɴɴe'.replaceAll('ɴ', 'ｎ')])
      await guessing.record(name, '198.51.100.1', false, now)
    expect(await guessing.secondsToWait('änne', '198.51.100.1', now)).toBe(60)
  })

  it('of one name from everywhere shuts out strangers, not whoever was there before nor this machine', async () => {
    const guessing = createGuessing(await newStore())
    await guessing.record('ana', '203.0.113.5', true, now - 29 * 24 * 60 * minute)
    const noted = []
    for (let n = 0; n < 51; n += 1) noted.push(await guessing.record('ana', address(n), false, now))
    expect(noted.map((kind, n) => (kind === 'besieged' ? n : null)).filter((n) => n !== null)).toEqual([49])
    const wait = (from: string, at = now + minute) => guessing.secondsToWait('ana', from, at)
    expect(await wait('203.0.113.200')).toBe(900)
    expect([await wait('203.0.113.5'), await wait('127.0.0.1'), await wait('::1')]).toEqual([0, 0, 0])
    expect(await guessing.secondsToWait('eve', '203.0.113.201', now + minute)).toBe(0)
    expect(await wait('203.0.113.200', now + 61 * minute)).toBe(0)
  })

  it('of one name from everywhere is told once an hour, as long as it goes on', async () => {
    const store = await newStore()
    const [here, there] = [createGuessing(store), createGuessing(store)]
    for (let n = 0; n < 49; n += 1) await here.record('ana', address(n), false, now)
    const fail = (guessing: typeof here, name: string, at: number) =>
      guessing.record(name, '127.0.0.1', false, now + at * minute)
    expect(await fail(here, 'ana', 0)).toBe('besieged')
    expect([await fail(there, 'ANA', 1), await fail(here, 'ana', 59)]).toEqual(['noted', 'noted'])
    for (let n = 0; n < 50; n += 1) await there.record('ana', address(n), false, now + 59 * minute)
    expect([await fail(there, 'ana', 60), await fail(here, 'ana', 61)]).toEqual(['besieged', 'noted'])
  })

  it('by codes of the bot is held up by three of them in a quarter of an hour, for a name and a place', async () => {
    const guessing = createGuessing(await newStore())
    for (const at of [0, 5, 10])
      expect(await guessing.codeFor('ana', '198.51.100.1', now + at * minute)).toBe(0)
    expect(await guessing.codeFor('ANA', '198.51.100.1', now + 14 * minute)).toBe(60)
    expect(await guessing.codeFor('ana', '198.51.100.2', now + 14 * minute)).toBe(0)
    expect(await guessing.codeFor('eve', '198.51.100.1', now + 14 * minute)).toBe(0)
    expect(await guessing.codeFor('ana', '198.51.100.1', now + 15 * minute)).toBe(0)
  })

  it('is limited together by two processes on one database, in every way', async () => {
    const store = await newStore()
    const processes = [createGuessing(store), createGuessing(await reopened(store))] as const
    const inTurns = async (count: number, ask: (guessing: (typeof processes)[0]) => Promise<number>) => {
      const waits = []
      for (let n = 0; n < count; n += 1) waits.push(await ask(processes[n % 2 === 0 ? 0 : 1]))
      return waits
    }
    const zeros = (length: number) => Array.from({ length }, () => 0)
    expect(await inTurns(11, (one) => one.tryFrom('198.51.100.1', now))).toEqual([...zeros(10), 10])
    expect(await inTurns(4, (one) => one.codeFor('ana', '198.51.100.1', now))).toEqual([...zeros(3), 900])
    for (let n = 0; n < 5; n += 1)
      await processes[n % 2 === 0 ? 0 : 1].record('ana', '198.51.100.9', false, now)
    expect(await inTurns(2, (one) => one.secondsToWait('ana', '198.51.100.9', now))).toEqual([60, 60])
  })

  it('is remembered by other processes, under a name that nobody can read', async () => {
    const store = await newStore()
    const keys: string[] = []
    const attempts: Store['attempts'] = {
      ...store.attempts,
      record: (key, success, at) => {
        keys.push(key)
        return store.attempts.record(key, success, at)
      },
    }
    const first = createGuessing({ ...store, attempts })
    for (let n = 0; n < 5; n += 1) await first.record('ana', '198.51.100.1', false, now)
    expect(await createGuessing(store).secondsToWait('ana', '198.51.100.1', now)).toBe(60)
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('the place that a request comes from', () => {
  it.each([
    ['198.51.100.1', '198.51.100.1'],
    ['::ffff:198.51.100.1', '198.51.100.1'],
    ['2001:db8:0:1:aaaa::1', '2001:db8:0:1'],
    ['2001:0DB8::1', '2001:db8:0:0'],
    ['2001:db8::2', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('of %s is %s', (given, prefix) => expect(prefixOf(given)).toBe(prefix))
})
