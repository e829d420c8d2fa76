import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { defineAction } from '../../src/index.ts'
import { startTestBot } from '../bot.ts'

/** An action that ends when it is told to. */
function held() {
  let end = () => {}
  let begun = false
  const action = defineAction({
    name: 'held',
    run: () => {
      begun = true
      return new Promise<string>((resolve) => {
        end = () => resolve('done')
      })
    },
  })
  return { action, hasBegun: () => begun, end: () => end() }
}

describe('an action that must not be called twice', () => {
  it('is known as begun before it is called', async () => {
    const { action, hasBegun, end } = held()
    const bot = await startTestBot([action])
    await bot.emulator.control.say(7, '/held')
    await expect.poll(hasBegun).toBe(true)
    expect(await bot.kamihi.store.updates.unhandled()).toMatchObject([{ begun: true }])
    end()
    await expect.poll(() => bot.kamihi.store.updates.unhandled()).toEqual([])
  })

  it('is not called when another process called it while it waited here, which marks it too', async () => {
    let calls = 0
    const count = defineAction({
      name: 'count',
      run: () => {
        calls += 1
      },
    })
    const { action, hasBegun, end } = held()
    const bot = await startTestBot([action, count])
    const { updates } = bot.kamihi.store
    await bot.emulator.control.say(7, '/held')
    await expect.poll(hasBegun).toBe(true)
    await bot.emulator.control.say(7, '/count')
    await expect.poll(async () => (await updates.unhandled()).length).toBe(2)
    const [, waiting] = await updates.unhandled()
    expect(await updates.begin(waiting?.updateId ?? 0, Date.now())).toBe(true)
    end()
    await bot.emulator.control.waitForMessage(7, ({ text }) => text === 'done')
    expect(await bot.say(7, 'hello')).toMatch(/^I'm sorry/)
    expect(calls).toBe(0)
    await expect.poll(() => updates.unhandled()).toMatchObject([{ updateId: waiting?.updateId, begun: true }])
  })
})

describe('an action that may be called twice', () => {
  it('is not marked as begun, which saves a commit', async () => {
    let unhandled: unknown
    const free = defineAction({
      name: 'free',
      idempotent: true,
      run: async () => {
        unhandled = await bot.kamihi.store.updates.unhandled()
        return 'done'
      },
    })
    const bot = await startTestBot([free])
    expect(await bot.say(7, '/free')).toBe('done')
    expect(unhandled).toMatchObject([{ begun: false }])
  })
})

describe('a bot that stops while an action runs', () => {
  it('keeps other processes from its updates until the action has ended', async () => {
    const { action, hasBegun, end } = held()
    const bot = await startTestBot([action])
    const { leases } = bot.kamihi.store
    await bot.emulator.control.say(7, '/held')
    await expect.poll(hasBegun).toBe(true)
    const restarted = bot.restart()
    // Long enough for it to let go of them, if it did.
    await wait(200)
    const now = Date.now()
    expect(await leases.acquire('poller', { worker: 'other', until: now + 15_000 }, now)).toBe(false)
    end()
    await restarted
    const answers = (await bot.emulator.control.messages(7)).filter(({ from }) => from === 'bot')
    expect(answers.map(({ text }) => text)).toEqual(['done'])
    expect(await bot.kamihi.store.updates.unhandled()).toEqual([])
  })
})
