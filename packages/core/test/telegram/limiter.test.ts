import { describe, expect, it } from 'vitest'
import { createLimiter, type Lane, type Turn } from '../../src/telegram/limiter.ts'
import { usualRate } from './pacing/simulation.ts'
import { standingClock } from './standingClock.ts'

function startLimiter(rate = usualRate) {
  const clock = standingClock()
  const limiter = createLimiter(rate, clock)
  const turns: { chatId: number; lane: Lane; at: number; turn: Turn }[] = []
  return {
    clock,
    limiter,
    turns,
    granted: () => turns.filter(({ turn }) => turn.kind === 'granted'),
    /** Asks for a turn; a slot that is granted is answered in the same moment. */
    ask(chatId: number, lane: Lane, signal?: AbortSignal) {
      void limiter.acquire(chatId, lane, signal).then((turn) => {
        turns.push({ chatId, lane, at: clock.monotonic(), turn })
        if (turn.kind === 'granted') turn.slot.answered()
      })
    },
  }
}

describe('the limiter', () => {
  it('grants at once what there is room for, and the rest in time', async () => {
    const { clock, ask, granted, limiter } = startLimiter()
    expect(limiter.hasRoom(1, 'bulk')).toBe(true)
    for (let chatId = 1; chatId <= 90; chatId += 1) ask(chatId, 'bulk')
    await clock.pass(0)
    expect(granted().length).toBeGreaterThan(0)
    expect(limiter.hasRoom(100, 'bulk')).toBe(false)
    expect(limiter.hasRoom(100, 'reply')).toBe(true)
    await clock.pass(4000)
    expect(granted()).toHaveLength(90)
  })

  it('has one timer while something waits, and none when nothing does', async () => {
    const { clock, ask } = startLimiter()
    expect(clock.timers()).toBe(0)
    for (let chatId = 1; chatId <= 60; chatId += 1) {
      ask(chatId, 'bulk')
      ask(-chatId, 'reply')
    }
    await clock.pass(500)
    expect(clock.timers()).toBe(1)
    await clock.pass(10_000)
    expect(clock.timers()).toBe(0)
  })

  it('leaves the timer alone for what waits behind others', async () => {
    const { clock, ask } = startLimiter()
    for (let chatId = 1; chatId <= 5; chatId += 1) ask(chatId, 'bulk')
    await clock.pass(0)
    const before = clock.timersSet()
    for (let chatId = 6; chatId <= 1000; chatId += 1) ask(chatId, 'bulk')
    await clock.pass(0)
    expect(clock.timersSet()).toBe(before)
  })

  it('wakes up once for each message that waits', async () => {
    const { clock, ask, granted } = startLimiter()
    for (let chatId = 1; chatId <= 100; chatId += 1) ask(chatId, 'bulk')
    await clock.pass(10_000)
    expect(granted()).toHaveLength(100)
    expect(clock.wakeUps()).toBeLessThanOrEqual(100)
  })

  it('holds a chat back for as long as Telegram asked, and not another', async () => {
    const { clock, ask, limiter, granted } = startLimiter()
    limiter.pause(7, 3)
    ask(7, 'reply')
    ask(7, 'bulk')
    ask(8, 'bulk')
    await clock.pass(2999)
    expect(granted().map(({ chatId }) => chatId)).toEqual([8])
    await clock.pass(2000)
    expect(granted().map(({ chatId, at }) => ({ chatId, at }))).toEqual([
      { chatId: 8, at: 0 },
      { chatId: 7, at: 3000 },
      { chatId: 7, at: expect.closeTo(4000, -2) },
    ])
  })

  it('holds the whole bulk lane back when two chats were asked to wait within 5 s, and replies never', async () => {
    const { clock, ask, limiter, granted } = startLimiter()
    limiter.pause(7, 4)
    await clock.pass(3000)
    limiter.pause(8, 4)
    ask(9, 'bulk')
    ask(10, 'reply')
    await clock.pass(3999)
    expect(granted().map(({ chatId }) => chatId)).toEqual([10])
    await clock.pass(100)
    expect(granted().map(({ chatId }) => chatId)).toEqual([10, 9])
  })

  it('does not hold bulk back when the same chat was asked twice, or two within more than 5 s', async () => {
    const { clock, ask, limiter, granted } = startLimiter()
    limiter.pause(7, 30)
    limiter.pause(7, 30)
    await clock.pass(5001)
    limiter.pause(8, 30)
    ask(9, 'bulk')
    await clock.pass(0)
    expect(granted().map(({ chatId }) => chatId)).toEqual([9])
  })

  it('tells at once what would have to wait longer than it is worth: 5 s for bulk, a minute for a reply', async () => {
    const { clock, ask, limiter, turns } = startLimiter()
    limiter.pause(7, 10_072)
    ask(7, 'bulk')
    ask(7, 'reply')
    await clock.pass(72_000)
    ask(7, 'bulk')
    await clock.pass(0)
    const paused = (seconds: number) => ({ kind: 'paused', seconds, cause: 'flood' })
    expect(turns.map(({ turn }) => turn)).toEqual([paused(10_072), paused(10_072), paused(10_000)])
    expect(clock.timers()).toBe(0)
  })

  it('tells what waits already, when a pause begins', async () => {
    const { clock, ask, limiter, turns } = startLimiter({ ...usualRate, global: 1 })
    ask(1, 'reply')
    for (let chatId = 2; chatId <= 50; chatId += 1) ask(chatId, 'bulk')
    await clock.pass(0)
    limiter.pause(1, 600)
    limiter.pause(2, 600)
    await clock.pass(0)
    expect(turns.filter(({ turn }) => turn.kind === 'paused')).toHaveLength(49)
    expect(clock.timers()).toBe(0)
  })

  it('holds bulk back while Telegram does not know the token', async () => {
    const { clock, ask, limiter, turns } = startLimiter()
    limiter.pauseForToken(60)
    ask(1, 'bulk')
    ask(2, 'reply')
    await clock.pass(0)
    expect(turns.map(({ chatId, turn }) => ({ chatId, ...turn }))).toMatchObject([
      { chatId: 1, kind: 'paused', seconds: 60, cause: 'token' },
      { chatId: 2, kind: 'granted' },
    ])
  })

  it('lets those go whose signal is aborted, from anywhere in the line, and nobody else', async () => {
    const { clock, ask, turns } = startLimiter()
    const stop = new AbortController()
    for (let chatId = 1; chatId <= 10_000; chatId += 1) {
      ask(chatId, 'bulk', stop.signal)
      ask(1, 'bulk', chatId % 2 === 0 ? stop.signal : undefined)
    }
    await clock.pass(0)
    const before = turns.length
    stop.abort()
    await clock.pass(0)
    const aborted = turns.slice(before).filter(({ turn }) => turn.kind === 'aborted')
    expect(before + aborted.length).toBe(15_000)
    await clock.pass(10_000)
    expect(turns.slice(before + aborted.length).every(({ chatId }) => chatId === 1)).toBe(true)
  })

  it('asks for no turn when the signal was aborted before', async () => {
    const { clock, ask, turns } = startLimiter()
    ask(1, 'bulk', AbortSignal.abort())
    await clock.pass(0)
    expect(turns.map(({ turn }) => turn.kind)).toEqual(['aborted'])
    expect(clock.timers()).toBe(0)
  })

  it('listens once to a signal that many wait with, and no more when none does', async () => {
    const { clock, ask } = startLimiter()
    const { signal } = new AbortController()
    let listeners = 0
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1
      add(...args)
    }
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1
      remove(...args)
    }
    for (let chatId = 1; chatId <= 60; chatId += 1) ask(chatId, 'bulk', signal)
    await clock.pass(0)
    expect(listeners).toBe(1)
    await clock.pass(10_000)
    expect(listeners).toBe(0)
  })

  it('counts a slot once, however often it is given back', async () => {
    const { clock, limiter } = startLimiter({ ...usualRate, global: 1 })
    const turn = await limiter.acquire(1, 'reply')
    if (turn.kind === 'granted') {
      turn.slot.answered()
      turn.slot.unwritten()
    }
    expect(limiter.hasRoom(2, 'reply')).toBe(false)
    await clock.pass(1010)
    expect(limiter.hasRoom(2, 'reply')).toBe(true)
  })
})
