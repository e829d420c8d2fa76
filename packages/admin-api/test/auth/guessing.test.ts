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

async function newStore(): Promise<Store> {
  const dir = mkdtempSync(join(tmpdir(), 'kamihi-guessing-'))
  const store = await openStore({ url: `sqlite:///${join(dir, 'kamihi.db')}`, synchronous: 'normal' })
  onTestFinished(() => store.close())
  return store
}
const address = (n: number) => `198.51.${n >> 8}.${n & 255}`

describe('guessing', () => {
  it('from one address may begin with ten tries and go on with one in ten seconds', async () => {
    const guessing = createGuessing(await newStore())
    const tries = (count: number, at: number) =>
      Array.from({ length: count }, () => guessing.tryFrom('198.51.100.1', at))
    expect(tries(11, now)).toEqual([...Array.from({ length: 10 }, () => 0), 10])
    expect(tries(2, now + 10 * second)).toEqual([0, 10])
    expect(guessing.tryFrom('198.51.100.2', now)).toBe(0)
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
