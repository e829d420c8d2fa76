import { createEmulator, type Emulator } from '@kamihi/telegram-emulator'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../../src/index.ts'
import { createReplies } from '../../src/telegram/replies.ts'
import { senderOn } from './senderOn.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await createEmulator({ port: 0, limits: false })
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.addUser({ id: 7, firstName: 'Ana' })
})

function startReplies() {
  const { send, clock, soon } = senderOn(emulator)
  const stop = new AbortController()
  const replies = createReplies({ send, clock, logger: silentLogger(), signal: stop.signal })
  return { clock, soon, stop, say: (text: string) => replies.say(7, text) }
}

const received = async (): Promise<string[]> =>
  (await emulator.control.messages(7)).filter(({ from }) => from === 'bot').map(({ text }) => text)
const calls = async (): Promise<number> => (await emulator.control.calls({ method: 'sendMessage' })).length
const tooMany = (retryAfter: number, times: number) =>
  emulator.control.fail({
    method: 'sendMessage',
    times,
    error: { status: 429, description: `Too Many Requests: retry after ${retryAfter}`, retryAfter },
  })

describe('a reply', () => {
  it('is sent when its wait is over, however often Telegram asks to wait', async () => {
    const { say, soon, clock } = startReplies()
    await tooMany(5, 6)
    expect(await soon(say('Hello'))).toBe(1)
    expect(clock.monotonic()).toBeGreaterThanOrEqual(30_000)
    expect(await calls()).toBe(7)
  })

  it('is given up at once when the wait is longer than a person stays', async () => {
    const { say, clock } = startReplies()
    await tooMany(10_072, 1)
    expect(await say('Hello')).toBeNull()
    expect(await say('Are you there?')).toBeNull()
    expect(await calls()).toBe(1)
    expect(clock.timers()).toBe(0)
  })

  it('is tried three times, a second and two apart, while Telegram is away', async () => {
    const { say, soon, clock } = startReplies()
    await emulator.control.fail({
      method: 'sendMessage',
      times: 3,
      error: { status: 502, description: 'Bad Gateway' },
    })
    expect(await soon(say('Hello'))).toBeNull()
    expect(await calls()).toBe(3)
    expect(clock.monotonic()).toBeGreaterThanOrEqual(3000)
    expect(await soon(say('Hello again'))).toBe(1)
  })

  it('that may have arrived is not sent again', async () => {
    const { say, soon } = startReplies()
    await emulator.control.fail({ method: 'sendMessage', error: 'reset-after' })
    expect(await soon(say('Hello'))).toBeNull()
    expect(await received()).toEqual(['Hello'])
  })

  it('of several parts stops at the first that does not arrive', async () => {
    const { say, soon } = startReplies()
    const long = `${'a'.repeat(4000)}\n\n${'b'.repeat(4000)}\n\n${'c'.repeat(4000)}`
    expect(await soon(say(long))).toBe(3)
    await emulator.control.reset()
    await emulator.control.addUser({ id: 7, firstName: 'Ana' })
    await emulator.control.fail({
      method: 'sendMessage',
      error: { status: 400, description: 'Bad Request: message is too long' },
    })
    expect(await soon(say(long))).toBeNull()
    expect(await calls()).toBe(1)
  })

  it('that waits is given up when the bot stops, and the last words are said all the same', async () => {
    const { say, stop, clock } = startReplies()
    await Promise.all([say('One'), say('Two'), say('Three')])
    const waiting = say('Four')
    await clock.pass(10)
    stop.abort()
    expect(await waiting).toBeNull()
    await clock.pass(5000)
    expect(await say('An error occurred')).toBe(4)
    expect(await received()).toEqual(['One', 'Two', 'Three', 'An error occurred'])
  })
})
