import type { LiveEvent, User } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { checkReachability, followTime } from '../../src/index.ts'
import { change, startTestBot, type TestBot } from '../bot.ts'

/** A bot that is connected, Ana (7) as it knows her, and what it tells the dashboard of people. */
async function withAna() {
  const bot = await startTestBot([], {}, { clock: ({ clock }) => followTime(clock) })
  const { kamihi } = bot
  await expect.poll(() => kamihi.telegram.state().state).toBe('connected')
  const ana = (await kamihi.store.users.getByTelegramId(7)) as User
  const told: LiveEvent[] = []
  kamihi.events.on((event) => {
    if (event.type === 'users.changed') told.push(event)
  })
  const flag = () => kamihi.store.users.checked(ana.id, 'blocked', change)
  const known = async () => (await kamihi.store.users.get(ana.id)) as User
  return { bot, ana, told, flag, known }
}

const check = ({ kamihi }: TestBot, id: string) => checkReachability(kamihi, id, change)

describe('asking whether a person can be reached', () => {
  it('shows them that the bot is typing and nothing else, and keeps that they can', async () => {
    const { bot, ana, told, flag, known } = await withAna()
    await flag()
    expect(await check(bot, ana.id)).toMatchObject({
      kind: 'checked',
      user: { reachability: 'ok', unreachableSince: null },
    })
    expect(await known()).toMatchObject({ reachability: 'ok', unreachableSince: null })
    expect(await bot.emulator.control.calls({ method: 'sendChatAction' })).toMatchObject([
      { params: { chat_id: 7, action: 'typing' } },
    ])
    expect(await bot.emulator.control.messages(7)).toEqual([])
    expect(told).toEqual([{ type: 'users.changed', ids: [ana.id] }])
  })

  it('keeps that they cannot, and why', async () => {
    const { bot, ana, known } = await withAna()
    await bot.emulator.control.block(7)
    expect(await check(bot, ana.id)).toMatchObject({ kind: 'checked', user: { reachability: 'blocked' } })
    expect((await known()).unreachableSince).toBe(new Date(change.now).toISOString())
  })

  it('is in the audit log, with what it changed', async () => {
    const { bot, ana } = await withAna()
    await bot.emulator.control.deactivate(7)
    await check(bot, ana.id)
    expect((await bot.kamihi.store.audit.list({ verb: 'user.checked' })).items).toMatchObject([
      {
        object: { kind: 'user', id: ana.id, label: 'Ana' },
        changes: { reachability: { before: 'ok', after: 'deactivated' } },
      },
    ])
  })

  it('changes nothing when Telegram does not tell', async () => {
    const { bot, ana, flag, known } = await withAna()
    await flag()
    await bot.emulator.control.fail({
      method: 'sendChatAction',
      error: { status: 500, description: 'Internal Server Error' },
    })
    expect(await check(bot, ana.id)).toMatchObject({ kind: 'not_told', failure: { kind: 'unavailable' } })
    expect((await known()).reachability).toBe('blocked')
  })

  it('asks nobody while the bot is not connected', async () => {
    const { bot, ana } = await withAna()
    const { telegram } = bot.kamihi
    const away = {
      ...telegram,
      state: () => ({ ...telegram.state(), state: 'conflict', detail: 'why' }) as const,
    }
    const outcome = await checkReachability({ ...bot.kamihi, telegram: away }, ana.id, change)
    expect(outcome).toEqual({ kind: 'not_connected', detail: 'why' })
    expect(await bot.emulator.control.calls({ method: 'sendChatAction' })).toEqual([])
  })

  it('knows nobody who is no user', async () => {
    const { bot } = await withAna()
    expect(await check(bot, 'nobody')).toEqual({ kind: 'not_found' })
  })
})

describe('a person who could not be reached', () => {
  it('can again once they write, which the dashboard is told of', async () => {
    const { bot, ana, told, flag, known } = await withAna()
    await flag()
    await bot.say(7, 'hi')
    await expect.poll(() => told).toEqual([{ type: 'users.changed', ids: [ana.id] }])
    expect((await known()).reachability).toBe('ok')
  })

  it('can again once they unblock the bot, which the dashboard is told of', async () => {
    const { bot, ana, told, flag } = await withAna()
    await bot.emulator.control.block(7)
    await flag()
    await bot.emulator.control.unblock(7)
    await expect.poll(() => told).toEqual([{ type: 'users.changed', ids: [ana.id] }])
  })

  it('is told of once, and of somebody who could be reached nobody is told', async () => {
    const { bot, told, flag } = await withAna()
    await flag()
    await bot.say(7, 'hi')
    bot.emulator.clock.advance(10_000)
    await bot.say(7, 'hi again')
    await bot.say(8, 'hi')
    await expect
      .poll(async () => (await bot.kamihi.store.users.getByTelegramId(8))?.lastSeenAt)
      .not.toBeNull()
    expect(told).toHaveLength(1)
  })
})
