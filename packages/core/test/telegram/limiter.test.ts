import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../../src/index.ts'
import { createLimiter, type Lane } from '../../src/telegram/limiter.ts'

/** A clock that stands until it is moved, and calls its timers in order. */
function fakeClock() {
  let now = 0
  const timers = new Set<{ at: number; work: () => void }>()
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    sleep: () => Promise.resolve(),
    setTimer(ms, work) {
      const timer = { at: now + ms, work }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  const runAll = (until: number) => {
    for (;;) {
      const [next] = [...timers].sort((a, b) => a.at - b.at)
      if (!next || next.at > until) break
      timers.delete(next)
      now = Math.max(now, next.at)
      next.work()
    }
    now = until
  }
  return { clock, runAll }
}

const rate = { global: 30, perChat: 1, perGroup: 20, paid: false }

function sendAll(requests: { chatId: number; lane: Lane }[], more: Partial<typeof rate> = {}) {
  const { clock, runAll } = fakeClock()
  const limiter = createLimiter({ ...rate, ...more }, clock)
  const granted: { at: number; chatId: number; lane: Lane }[] = []
  const all = requests.map(async ({ chatId, lane }) => {
    await limiter.acquire(chatId, lane)
    granted.push({ at: at.get(`${granted.length}`) ?? clock.now(), chatId, lane })
  })
  const at = new Map<string, number>()
  return {
    limiter,
    clock,
    granted,
    async run(ms: number) {
      for (let time = 0; time <= ms; time += 10) {
        runAll(time)
        await Promise.resolve()
        await Promise.resolve()
      }
      return { granted, all }
    },
  }
}

const most = (times: number[], windowMs: number) =>
  Math.max(
    0,
    ...times.map((start) => times.filter((time) => time >= start && time < start + windowMs).length),
  )

describe('the limiter', () => {
  it('sends thirty a second and no more in any window', async () => {
    const sending = sendAll(Array.from({ length: 100 }, (_, chatId) => ({ chatId, lane: 'bulk' as const })))
    const { granted } = await sending.run(5000)
    expect(granted).toHaveLength(100)
    expect(
      most(
        granted.map(({ at }) => at),
        1000,
      ),
    ).toBe(30)
    expect(granted.at(-1)?.at).toBeLessThan(3 * 1030 + 20)
  })

  it('lets replies go before bulk that waits longer', async () => {
    const sending = sendAll(Array.from({ length: 60 }, (_, chatId) => ({ chatId, lane: 'bulk' as const })))
    await sending.run(100)
    let at = -1
    void sending.limiter.acquire(1000, 'reply').then(() => {
      at = sending.granted.length
    })
    await sending.run(1200)
    expect(at).toBeLessThanOrEqual(31)
  })

  it('never exceeds a limit, whatever is asked for in whatever order', async () => {
    const request = fc.record({
      chatId: fc.constantFrom(1, 2, 3, -4),
      lane: fc.constantFrom<Lane>('reply', 'bulk'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 40 }), async (requests) => {
        const { granted } = await sendAll(requests, { global: 5 }).run(20_000)
        expect(
          most(
            granted.map(({ at }) => at),
            1000,
          ),
        ).toBeLessThanOrEqual(5)
        for (const chatId of [1, 2, 3])
          expect(
            most(
              granted.filter((each) => each.chatId === chatId).map(({ at }) => at),
              3000,
            ),
          ).toBeLessThanOrEqual(3)
        expect(
          most(
            granted.filter((each) => each.chatId === -4).map(({ at }) => at),
            60_000,
          ),
        ).toBeLessThanOrEqual(20)
      }),
      { numRuns: 30 },
    )
  })

  it('holds a chat back for as long as Telegram asked', async () => {
    const sending = sendAll([])
    sending.limiter.pause(7, 3)
    const times: number[] = []
    void sending.limiter.acquire(7, 'reply').then(() => times.push(sending.clock.now()))
    await sending.run(2990)
    expect(times).toEqual([])
    await sending.run(3010)
    expect(times).toHaveLength(1)
  })
})
