import { beforeEach, describe, expect, it } from 'vitest'
import { ana, begin, luis, setupBot } from '../bot.ts'
import { picture } from '../files.ts'

const bot = setupBot()
const reply_markup = {
  inline_keyboard: [[{ text: 'A', callback_data: 'a' }], [{ text: 'B', url: 'https://a.dev' }]],
}
const tooOld = 'Bad Request: query is too old and response timeout expired or query ID is invalid'

beforeEach(async () => {
  await bot.ok('sendMessage', { chat_id: ana, text: 'Choose', reply_markup })
})

const press = async (): Promise<string> => {
  await bot.control.click(ana, 1, 'a')
  return (await bot.updates())[0]?.callback_query?.id ?? ''
}
const answer = (callback_query_id: string, more: object = {}) =>
  bot.call('answerCallbackQuery', { callback_query_id, ...more })

describe('a button that is pressed', () => {
  it('says who pressed what, under which message', async () => {
    await bot.control.click(ana, 1, 'a')
    const [{ callback_query } = {}] = await bot.updates()
    expect(callback_query).toEqual({
      id: expect.stringMatching(/^\d+$/),
      from: { id: ana, is_bot: false, first_name: 'Ana', username: 'ana_g', language_code: 'es' },
      chat_instance: expect.any(String),
      data: 'a',
      message: {
        message_id: 1,
        from: { id: 1000000001, is_bot: true, first_name: 'Kamihi demo', username: 'kamihi_demo_bot' },
        chat: { id: ana, type: 'private', first_name: 'Ana', username: 'ana_g' },
        date: begin,
        text: 'Choose',
        reply_markup,
      },
    })
  })

  it('may stand under a photo, in a group', async () => {
    const { id } = await bot.control.addChat({ title: 'G', members: [ana, luis] })
    const { message_id } = await bot.ok(
      'sendPhoto',
      { chat_id: id, reply_markup },
      { photo: ['a.png', picture()] },
    )
    await bot.control.click(luis, message_id, 'a', { chatId: id })
    const [{ callback_query } = {}] = await bot.updates()
    expect(callback_query).toMatchObject({
      from: { id: luis },
      message: { chat: { id }, photo: [{}, {}, {}] },
    })
  })

  it('must be there', async () => {
    await expect(bot.control.click(ana, 1, 'b')).rejects.toThrow(
      'no button with the data "b"; it has ["a","B"]',
    )
    await expect(bot.control.click(ana, 9, 'a')).rejects.toThrow('There is no message 9')
    await bot.ok('editMessageText', { chat_id: ana, message_id: 1, text: 'Chosen' })
    await expect(bot.control.click(ana, 1, 'a')).rejects.toThrow('no button')
  })

  it('is one of nobody else: another person cannot press in a chat that is not theirs', async () => {
    await expect(bot.control.click(luis, 1, 'a')).rejects.toThrow('There is no message 1')
  })

  it('in a group is not for those who are not in it', async () => {
    const { id } = await bot.control.addChat({ title: 'G', members: [ana] })
    await bot.ok('sendMessage', { chat_id: id, text: 'Choose', reply_markup })
    await expect(bot.control.click(luis, 1, 'a', { chatId: id })).rejects.toThrow()
  })
})

describe('an answer', () => {
  it('is given once', async () => {
    const id = await press()
    expect((await answer(id, { text: 'Done', show_alert: true })).body).toEqual({ ok: true, result: true })
    expect((await answer(id)).body.description).toBe(tooOld)
  })

  it('is given within a minute', async () => {
    const [first, second] = [await press(), await press()]
    await bot.control.advance(60_000)
    expect((await answer(first)).body.ok).toBe(true)
    await bot.control.advance(1)
    expect((await answer(second)).body.description).toBe(tooOld)
  })

  it('may have 200 characters; a longer one is refused and may be given again', async () => {
    const id = await press()
    expect((await answer(id, { text: 'x'.repeat(201) })).body.description).toBe(
      'Bad Request: MESSAGE_TOO_LONG',
    )
    expect((await answer(id, { text: 'x'.repeat(200) })).body.ok).toBe(true)
  })

  it('is for the query that was asked, so that two may wait at once', async () => {
    const [first, second] = [await press(), await press()]
    expect((await answer(second)).body.ok).toBe(true)
    expect((await answer(first)).body.ok).toBe(true)
  })
})
