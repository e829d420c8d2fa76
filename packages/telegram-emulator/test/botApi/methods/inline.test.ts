import { describe, expect, it } from 'vitest'
import { ana, setupBot } from '../bot.ts'

const bot = setupBot()
const tooOld = 'Bad Request: query is too old and response timeout expired or query ID is invalid'

const ask = async () => {
  await bot.control.inlineQuery(ana, 'cats')
  return (await bot.updates())[0]?.inline_query
}
const result = { type: 'article', id: '1', title: 'T', input_message_content: { message_text: 'x' } }

describe('an inline query', () => {
  it('says who asked for what', async () => {
    expect(await ask()).toEqual({
      id: expect.stringMatching(/^\d+$/),
      from: { id: ana, is_bot: false, first_name: 'Ana', username: 'ana_g', language_code: 'es' },
      query: 'cats',
      offset: '',
      chat_type: 'sender',
    })
  })

  it('is answered once, with up to 50 results', async () => {
    const inline_query_id = (await ask())?.id
    await bot.ok('answerInlineQuery', { inline_query_id, results: Array(50).fill(result) })
    expect(await bot.refusal('answerInlineQuery', { inline_query_id, results: [] })).toBe(tooOld)
  })

  // Client.cpp, `process_answer_inline_query_query`: results are read before the query is asked for
  it('can be answered again after an answer that was refused', async () => {
    const inline_query_id = (await ask())?.id
    await bot.refusal('answerInlineQuery', { inline_query_id, results: {} })
    await bot.ok('answerInlineQuery', { inline_query_id, results: [result] })
  })

  it('cannot be answered an hour later', async () => {
    const inline_query_id = (await ask())?.id
    await bot.control.advance(3_600_000)
    expect(await bot.refusal('answerInlineQuery', { inline_query_id, results: [] })).toBe(tooOld)
  })

  it('is no button that was pressed', async () => {
    expect(await bot.refusal('answerCallbackQuery', { callback_query_id: (await ask())?.id })).toBe(tooOld)
  })

  it('is forgotten when nobody takes it within 30 s', async () => {
    await bot.control.inlineQuery(ana, 'cats')
    await bot.control.advance(30_001)
    expect(await bot.updates()).toEqual([])
  })
})
