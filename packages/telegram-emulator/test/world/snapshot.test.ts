import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEmulator, type Snapshot } from '../../src/index.ts'
import { ana, begin, everyKind, luis, setupBot } from '../botApi/bot.ts'
import { picture } from '../botApi/files.ts'

const bot = setupBot()

/** People, a group, messages, a file, a vote, a menu and a pending update. */
async function live(
  type: 'group' | 'supergroup' = 'group',
): Promise<{ chatId: number; file_id: string | undefined }> {
  const { id: chatId } = await bot.control.addChat({
    type,
    title: 'G',
    members: [ana, luis],
    botStatus: 'administrator',
  })
  const sent = await bot.ok(
    'sendPhoto',
    { chat_id: ana, caption: 'See' },
    { photo: ['a.png', picture(90, 45, 500)] },
  )
  await bot.ok('sendPoll', { chat_id: chatId, question: 'Q?', options: ['A', 'B'], allows_revoting: false })
  await bot.control.vote(ana, 1, [1], { chatId })
  await bot.ok('setMyCommands', { commands: [{ command: 'go', description: 'Go' }], language_code: 'es' })
  await bot.control.block(luis)
  await bot.control.say(ana, 'Are you there?')
  return { chatId, file_id: sent.photo?.[0]?.file_id }
}

/** As it is after a journey through a file. */
const inJson = (snapshot: Snapshot): Snapshot => JSON.parse(JSON.stringify(snapshot)) as Snapshot

describe('a saved state', () => {
  it('is the same when it is loaded and saved again', async () => {
    await live()
    const saved = inJson(await bot.control.save())
    await bot.control.reset()
    await bot.control.load(saved)
    expect(await bot.control.save()).toEqual(saved)
  })

  it('brings files back, so that their ids are good', async () => {
    const { file_id } = await live()
    const saved = inJson(await bot.control.save())
    await bot.control.reset()
    expect((await bot.call('getFile', { file_id })).body.ok).toBe(false)
    await bot.control.load(saved)
    const { file_path } = await bot.ok('getFile', { file_id })
    const response = await fetch(`${bot.emulator.url}/file/bot${bot.emulator.token}/${file_path}`)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(picture(90, 45, 500))
    const again = await bot.ok('sendPhoto', { chat_id: ana, photo: file_id })
    const other = await bot.ok('sendPhoto', { chat_id: ana }, { photo: ['b.png', picture()] })
    expect(again.photo?.[0]?.file_id).toBe(file_id)
    expect(other.photo?.[0]?.file_id).not.toBe(file_id)
  })

  it('remembers who voted for what', async () => {
    const { chatId } = await live()
    await bot.control.load(inJson(await bot.control.save()))
    await expect(bot.control.vote(ana, 1, [0], { chatId })).rejects.toThrow('change their answer')
    await bot.control.vote(luis, 1, [0], { chatId })
    const [poll] = await bot.control.messages(chatId)
    expect(poll?.media).toMatchObject({ poll: { total_voter_count: 2 } })
  })

  it('keeps who blocked the bot, menus, and ids of messages', async () => {
    await live()
    await bot.control.load(inJson(await bot.control.save()))
    expect(await bot.refusal('sendMessage', { chat_id: luis, text: 'x' })).toContain('blocked')
    expect(await bot.control.commandsFor(ana)).toEqual([{ command: 'go', description: 'Go' }])
    expect((await bot.ok('sendMessage', { chat_id: ana, text: 'x' })).message_id).toBe(3)
  })

  it('keeps updates that nobody has taken, and what the bot had asked for', async () => {
    await bot.askFor(['message'])
    await bot.control.say(ana, 'Are you there?')
    const saved = inJson(await bot.control.save())
    await bot.control.reset()
    await bot.askFor(everyKind)
    await bot.control.load(saved)
    expect(await bot.updates()).toMatchObject([{ message: { text: 'Are you there?' } }])
    await bot.control.block(ana)
    expect(await bot.updates()).toEqual([])
  })

  it('never gives an id of an update twice, wherever it is loaded', async () => {
    await bot.control.say(ana, 'One')
    const saved = inJson(await bot.control.save())
    await bot.control.say(ana, 'Two')
    const seen = (await bot.ok('getUpdates')).map(({ update_id }) => update_id)
    await bot.control.load(saved)
    await bot.control.say(ana, 'Three')
    const after = await bot.ok('getUpdates')
    expect(after.map(({ message }) => message?.text)).toEqual(['One', 'Three'])
    expect(after[1]?.update_id).toBeGreaterThan(Math.max(...seen))
  })

  it('moves the time on, never back', async () => {
    await bot.control.advance(5000)
    const saved = inJson(await bot.control.save())
    await bot.control.advance(5000)
    await bot.control.load(saved)
    expect((await bot.control.time()).now).toBe(begin * 1000 + 10_000)
    await bot.control.load({ ...saved, savedAt: begin * 1000 + 60_000 })
    expect((await bot.control.time()).now).toBe(begin * 1000 + 60_000)
  })

  it('holds no calls and no faults, which go', async () => {
    await bot.control.fail({ method: 'getMe', error: 'half-open' })
    await bot.ok('getMyName')
    await bot.control.load(inJson(await bot.control.save()))
    expect([await bot.control.calls(), await bot.control.faults()]).toEqual([[], []])
  })
})

describe('a saved state holds as well', () => {
  it('a poll that is to end at its time', async () => {
    await bot.ok('sendPoll', { chat_id: ana, question: 'Q?', options: ['A'], open_period: 60 })
    const saved = inJson(await bot.control.save())
    await using other = await createEmulator({ port: 0, now: () => begin * 1000 })
    await other.control.load(saved)
    await other.control.advance(60_000)
    expect((await other.control.messages(ana))[0]?.media).toMatchObject({ poll: { is_closed: true } })
  })

  it('a ban that ends at its time', async () => {
    const { chatId } = await live('supergroup')
    const until_date = begin + 3600
    await bot.ok('banChatMember', { chat_id: chatId, user_id: luis, until_date })
    const saved = inJson(await bot.control.save())
    await using other = await createEmulator({ port: 0, now: () => begin * 1000 })
    await other.control.load(saved)
    await expect(other.control.join(luis, chatId)).rejects.toThrow('was banned')
    await other.control.advance(3_600_000)
    await other.control.join(luis, chatId)
  })

  it('what the bot says of itself, and its menu buttons', async () => {
    await bot.ok('setMyName', { name: 'Helper' })
    await bot.control.load(inJson(await bot.control.save()))
    expect((await bot.ok('getMyName')).name).toBe('Helper')
  })

  it('buttons that were pressed and wait for an answer', async () => {
    const reply_markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }
    await bot.ok('sendMessage', { chat_id: ana, text: 'x', reply_markup })
    await bot.control.click(ana, 1, 'a')
    await bot.control.load(inJson(await bot.control.save()))
    const [{ callback_query } = {}] = await bot.updates()
    await bot.ok('answerCallbackQuery', { callback_query_id: callback_query?.id })
  })
})

describe('a seed file', () => {
  const inFile = async (content: string, use: (file: string) => Promise<void>) => {
    const folder = mkdtempSync(join(tmpdir(), 'kamihi-seed-'))
    try {
      writeFileSync(join(folder, 'seed.json'), content)
      await use(join(folder, 'seed.json'))
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  it('is where an emulator begins', async () => {
    const { chatId } = await live()
    await inFile(JSON.stringify(await bot.control.save()), async (seedFile) => {
      await using other = await createEmulator({ port: 0, seedFile })
      expect(await other.control.users()).toEqual(await bot.control.users())
      expect(await other.control.messages(chatId)).toEqual(await bot.control.messages(chatId))
    })
  })

  it.each([
    ['{', 'is no JSON'],
    ['{"version":1,"savedAt":1,"users":[{"id":0}]}', 'is no saved state of this version: /'],
  ])('that holds %s is refused in one sentence', async (content, words) => {
    await inFile(content, async (seedFile) => {
      await expect(createEmulator({ port: 0, seedFile })).rejects.toThrow(words)
    })
  })

  it('of another version is refused', async () => {
    await inFile(JSON.stringify({ ...(await bot.control.save()), version: 2 }), async (seedFile) => {
      await expect(createEmulator({ port: 0, seedFile })).rejects.toThrow('of this version: /version')
    })
  })

  it('that is not there is refused', async () => {
    await expect(createEmulator({ port: 0, seedFile: '/nowhere.json' })).rejects.toThrow(
      'There is no seed file',
    )
  })
})
