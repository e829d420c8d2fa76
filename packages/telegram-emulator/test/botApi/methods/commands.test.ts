import { beforeEach, describe, expect, it } from 'vitest'
import { ana, luis, mei, setupBot } from '../bot.ts'

const bot = setupBot()
/** Ana owns the group, Luis is a member of it. */
let group: number
beforeEach(async () => {
  await bot.control.addUser({ id: mei, firstName: 'Mei' })
  group = (await bot.control.addChat({ title: 'G', members: [ana, luis], botStatus: 'administrator' })).id
})

/** Sets a menu of one command, which is named after its scope. */
const set = (command: string, scope?: object, language_code?: string) =>
  bot.ok('setMyCommands', { commands: [{ command, description: 'D' }], scope, language_code })

const seenBy = async (userId: number, chatId?: number) => {
  const [first] = await bot.control.commandsFor(userId, chatId === undefined ? undefined : { chatId })
  return first?.command
}

describe('commands', () => {
  it('are kept by scope and language, and told as they were set', async () => {
    const commands = [
      { command: 'b', description: 'Second' },
      { command: '/a_1', description: '  First ' },
    ]
    const scope = { type: 'chat', chat_id: '7' }
    await bot.ok('setMyCommands', { commands, scope, language_code: 'es' })
    const kept = [commands[0], { command: 'a_1', description: 'First' }]
    expect(
      await bot.ok('getMyCommands', { scope: { type: 'chat', chat_id: 7 }, language_code: 'es' }),
    ).toEqual(kept)
    for (const other of [{}, { scope }, { language_code: 'es' }, { scope: { type: 'chat', chat_id: luis } }])
      expect(await bot.ok('getMyCommands', other)).toEqual([])
  })

  it('are replaced by others, and deleted for their scope and language only', async () => {
    await set('one')
    await set('two')
    await set('three', undefined, 'es')
    expect(await bot.ok('getMyCommands')).toMatchObject([{ command: 'two' }])
    await bot.ok('deleteMyCommands')
    expect(await bot.ok('getMyCommands')).toEqual([])
    expect(await bot.ok('getMyCommands', { language_code: 'es' })).toMatchObject([{ command: 'three' }])
  })

  it('may be 100, each of 32 letters with 256 characters', async () => {
    const commands = Array.from({ length: 100 }, (_, index) => ({
      command: `c${index}`.padEnd(32, 'x'),
      description: 'x'.repeat(256),
    }))
    await bot.ok('setMyCommands', { commands })
    expect(await bot.ok('getMyCommands')).toEqual(commands)
  })

  it.each(['a-b', 'A', 'ñ', 'a b'])('may not be "%s"', async (command) => {
    expect(await bot.refusal('setMyCommands', { commands: [{ command, description: 'D' }] })).toBe(
      'Bad Request: BOT_COMMAND_INVALID',
    )
  })

  // td, BotCommand.cpp, `set_commands`: trimmed
  it('may have white space around them', async () => {
    await set(' go ')
    expect(await bot.ok('getMyCommands')).toMatchObject([{ command: 'go' }])
  })
})

describe('the menu', () => {
  it('in a group is that of the closest scope', async () => {
    const scopes: [name: string, scope: object][] = [
      ['default', { type: 'default' }],
      ['all_groups', { type: 'all_group_chats' }],
      ['all_admins', { type: 'all_chat_administrators' }],
      ['chat', { type: 'chat', chat_id: group }],
      ['admins', { type: 'chat_administrators', chat_id: group }],
      ['member', { type: 'chat_member', chat_id: group, user_id: ana }],
    ]
    const seen: unknown[] = []
    for (const [name, scope] of scopes) {
      await set(name, scope)
      seen.push([await seenBy(ana, group), await seenBy(luis, group)])
    }
    expect(seen).toEqual([
      ['default', 'default'],
      ['all_groups', 'all_groups'],
      ['all_admins', 'all_groups'],
      ['chat', 'chat'],
      ['admins', 'chat'],
      ['member', 'chat'],
    ])
  })

  it('in private is that of the person, then of all people, then the usual one', async () => {
    const seen: unknown[] = []
    for (const [name, scope] of [
      ['usual', undefined],
      ['groups', { type: 'all_group_chats' }],
      ['people', { type: 'all_private_chats' }],
      ['ana', { type: 'chat', chat_id: ana }],
    ] as const) {
      await set(name, scope)
      seen.push([await seenBy(ana), await seenBy(luis)])
    }
    expect(seen).toEqual([
      ['usual', 'usual'],
      ['usual', 'usual'],
      ['people', 'people'],
      ['ana', 'people'],
    ])
  })

  it('in the language of the person wins over the one for all, within the same scope', async () => {
    await set('everybody')
    await set('spanish', undefined, 'es')
    expect([await seenBy(ana), await seenBy(luis)]).toEqual(['spanish', 'everybody'])
    await set('people', { type: 'all_private_chats' })
    expect(await seenBy(ana)).toBe('people')
    await set('spanish_people', { type: 'all_private_chats' }, 'es')
    expect(await seenBy(ana)).toBe('spanish_people')
  })

  it('follows a change of rights', async () => {
    await set('all')
    await set('admins', { type: 'all_chat_administrators' })
    expect([await seenBy(ana, group), await seenBy(luis, group)]).toEqual(['admins', 'all'])
  })

  it('is the wider one again when the closer one is deleted', async () => {
    await set('all')
    await set('ana', { type: 'chat', chat_id: ana })
    await bot.ok('deleteMyCommands', { scope: { type: 'chat', chat_id: ana } })
    expect(await seenBy(ana)).toBe('all')
  })

  it('is that of a chat by its name too', async () => {
    const named = await bot.control.addChat({
      type: 'supergroup',
      title: 'S',
      username: 'supers',
      members: [ana],
    })
    await set('supers', { type: 'chat', chat_id: '@supers' })
    expect(await seenBy(ana, named.id)).toBe('supers')
  })
})
