import { telegramServices } from '@kamihi/contracts'
import type { Chat, User } from 'telegraf/types'
import { describe, expect, it } from 'vitest'
import { defineAction } from '../../src/index.ts'
import { personOf } from '../../src/telegram/identity.ts'
import { change, startTestBot } from '../bot.ts'

const ana: User = { id: 7, is_bot: false, first_name: 'Ana' }
const channel: Chat = { id: -1001, type: 'channel', title: 'News' }

describe('the person behind a message', () => {
  it('is who sent it, by their number', () => {
    expect(personOf(ana)).toBe(7)
    expect(personOf(ana, {})).toBe(7)
  })

  it('is nobody where a channel, a group or a bot speaks', () => {
    expect(personOf(undefined)).toBeNull()
    expect(personOf({ ...ana, is_bot: true })).toBeNull()
    expect(personOf(ana, { sender_chat: channel })).toBeNull()
  })

  it.each(telegramServices)('is nobody where an account of Telegram itself speaks: %i', (id) => {
    expect(personOf({ ...ana, id })).toBeNull()
  })
})

describe('an account of Telegram itself', () => {
  it.each(telegramServices)('is no user, even where the database has one of its number: %i', async (id) => {
    let runs = 0
    const count = defineAction({
      name: 'count',
      run() {
        runs += 1
        return 'counted'
      },
    })
    const bot = await startTestBot([count])
    const { control } = bot.emulator
    await bot.kamihi.store.users.create({ telegramId: id, isAdmin: true }, change)
    await control.addUser({ id, firstName: 'Telegram' })
    await control.say(id, '/count')
    await control.say(id, 'hello')
    await control.block(id)
    await control.unblock(id)
    // What is said later is handled later, and what is begun is handled by the end.
    expect(await bot.say(7, '/count')).toBe('counted')
    await bot.restart()
    expect((await control.messages(id)).filter(({ from }) => from === 'bot')).toEqual([])
    expect(await bot.kamihi.store.users.getByTelegramId(id)).toMatchObject({ lastSeenAt: null })
    expect(runs).toBe(1)
  })
})
