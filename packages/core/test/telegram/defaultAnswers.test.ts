import { describe, expect, it } from 'vitest'
import { defineAction, followTime } from '../../src/index.ts'
import { createDefaultAnswers } from '../../src/telegram/defaultAnswers.ts'
import { startTestBot } from '../bot.ts'
import { handClock } from '../handClock.ts'

describe('the default answer', () => {
  it('is due once in ten seconds in each chat', () => {
    const clock = handClock()
    const isDue = createDefaultAnswers(clock)
    expect([isDue(8), isDue(8), isDue(9)]).toEqual([true, false, true])
    clock.pass(9999)
    expect([isDue(8), isDue(9)]).toEqual([false, false])
    clock.pass(1)
    expect([isDue(8), isDue(8), isDue(9)]).toEqual([true, false, true])
  })

  it('does not put off the next one when somebody goes on writing', () => {
    const clock = handClock()
    const isDue = createDefaultAnswers(clock)
    const answered = Array.from({ length: 30 }, () => {
      const isGiven = isDue(8)
      clock.pass(1000)
      return isGiven
    })
    expect(answered.flatMap((isGiven, second) => (isGiven ? [second] : []))).toEqual([0, 10, 20])
  })

  it('does not go by the wall clock, which somebody may set back', () => {
    const clock = handClock()
    const isDue = createDefaultAnswers(clock)
    isDue(8)
    clock.set(-3_600_000)
    clock.pass(10_000)
    expect(isDue(8)).toBe(true)
  })
})

describe('somebody who writes much that the bot does not know', () => {
  const hello = defineAction({ name: 'hello', run: () => 'Hello' })
  const start = () => startTestBot([hello], {}, { clock: ({ clock }) => followTime(clock) })
  const heard = async ({ emulator: { control } }: Awaited<ReturnType<typeof start>>, person: number) =>
    (await control.messages(person)).filter(({ from }) => from === 'bot').map(({ text }) => text)
  const unknown = "I'm sorry, but I don't know how to respond to that"

  it('is told so once, whatever it was, and again ten seconds later', async () => {
    const bot = await start()
    for (const text of ['/hello', '/nothing', '/cancel', 'hello?']) await bot.emulator.control.say(8, text)
    // Somebody else is answered meanwhile, and what was said before that is handled by the end.
    expect(await bot.say(9, '/hello')).toBe(unknown)
    await bot.restart()
    expect(await heard(bot, 8)).toEqual([unknown])
    expect(await bot.say(8, '/nothing')).toBe(unknown)
    bot.emulator.clock.advance(10_000)
    expect(await bot.say(8, '/hello')).toBe(unknown)
  })

  it('is answered at once when they send what they may use', async () => {
    const bot = await start()
    await bot.say(7, '/nothing')
    expect(await bot.say(7, '/hello')).toBe('Hello')
    expect(await bot.say(7, '/hello')).toBe('Hello')
    await bot.restart()
    expect(await heard(bot, 7)).toEqual([unknown, 'Hello', 'Hello'])
  })

  it('hears nothing of it in a group', async () => {
    const bot = await start()
    const { control } = bot.emulator
    await control.addChat({ id: -5, title: 'Team', members: [7, 9] })
    // As an administrator it gets all that is said there.
    await control.setBotStatus(-5, 'administrator')
    for (const text of ['/hello', '/nothing', 'hello?']) await control.say(9, text, { chatId: -5 })
    await control.say(7, '/hello', { chatId: -5 })
    await control.waitForMessage(-5, ({ text }) => text === 'Hello')
    await bot.restart()
    expect(await heard(bot, -5)).toEqual(['Hello'])
    expect(await heard(bot, 9)).toEqual([])
  })
})
