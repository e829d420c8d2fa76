import { describe, expect, it } from 'vitest'
import { newFile, now } from '../fixtures.ts'

const hourMs = 3_600_000
const lease = (worker: string, at: number) => ({ worker, until: at + 15_000 })

describe('a named lease', () => {
  it('of a process that died is free after its time, also when the clock was set back meanwhile', async () => {
    const store = await newFile().open()
    expect(await store.leases.acquire('poller', lease('dead', now), now)).toBe(true)
    const back = now - hourMs
    expect(await store.leases.acquire('poller', lease('next', back), back)).toBe(true)
    expect(await store.leases.holder('poller', back)).toBe('next')
    await store.close()
  })

  it('stays with its holder when clocks differ a little', async () => {
    const store = await newFile().open()
    await store.leases.acquire('poller', lease('one', now), now)
    for (const behind of [0, 5000, 14_000])
      expect(await store.leases.acquire('poller', lease('two', now - behind), now - behind)).toBe(false)
    expect(await store.leases.holder('poller', now)).toBe('one')
    await store.close()
  })
})
