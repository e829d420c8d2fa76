import type { OutgoingPart } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { defineAction, followTime } from '../../src/index.ts'
import { startTestBot } from '../bot.ts'

describe('a command that is no action', () => {
  it('is answered by whoever has taken it, to the person alone, whatever its case', async () => {
    const bot = await startTestBot([])
    const asked: unknown[] = []
    bot.kamihi.telegram.onCommand('Admin', async (given) => {
      asked.push({ telegramId: given.telegramId, chatId: given.chatId })
      const part: OutgoingPart = { kind: 'text', text: 'here you are', entities: [], linkPreview: false }
      await bot.kamihi.telegram.send(given.chatId, part, { lane: 'reply' })
      return true
    })
    await bot.emulator.control.addChat({ id: -5, title: 'Team', members: [9] })
    // As an administrator it gets all that is said there.
    await bot.emulator.control.setBotStatus(-5, 'administrator')
    await bot.emulator.control.say(9, '/admin', { chatId: -5 })
    expect(await bot.say(9, '/ADMIN')).toBe('here you are')
    // What was said in the group is handled by then.
    await bot.restart()
    expect(asked).toEqual([{ telegramId: 9, chatId: 9 }])
  })

  it('is as if it did not exist for those to whom it has nothing to say', async () => {
    const bot = await startTestBot([], {}, { clock: ({ clock }) => followTime(clock) })
    const unknown = await bot.say(9, '/nothing')
    bot.kamihi.telegram.onCommand('admin', async () => false)
    bot.emulator.clock.advance(10_000)
    expect(await bot.say(9, '/admin')).toBe(unknown)
  })

  it('gives way to an action of that name', async () => {
    const bot = await startTestBot([defineAction({ name: 'admin', run: () => 'the action' })])
    bot.kamihi.telegram.onCommand('admin', async () => true)
    expect(await bot.say(7, '/admin')).toBe('the action')
  })
})
