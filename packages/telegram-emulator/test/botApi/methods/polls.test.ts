import { describe, expect, it } from 'vitest'
import { ana, begin, kindOf, luis, setupBot } from '../bot.ts'

const bot = setupBot()
const here = { chat_id: ana }
const question = { ...here, question: 'Which?', options: ['A', 'B', { text: 'C' }] }

const ask = async (more: object = {}) => {
  const { message_id, poll } = await bot.ok('sendPoll', { ...question, ...more })
  return { message_id, id: poll?.id }
}
const counts = async () => {
  const [message] = await bot.control.messages(ana)
  return message?.media?.kind === 'poll' ? message.media.poll : undefined
}
const stop = (message_id: number, more: object = {}) => bot.ok('stopPoll', { ...here, message_id, ...more })

describe('a poll', () => {
  it('is regular, anonymous and open when nothing else is said', async () => {
    const { poll } = await bot.ok('sendPoll', {
      ...question,
      question: '<b>Which?</b>',
      question_parse_mode: 'HTML',
    })
    const option = (text: string, index: number) => ({ persistent_id: String(index), text, voter_count: 0 })
    expect(poll).toEqual({
      id: expect.any(String),
      question: 'Which?',
      question_entities: [{ type: 'bold', offset: 0, length: 6 }],
      options: ['A', 'B', 'C'].map(option),
      total_voter_count: 0,
      is_closed: false,
      is_anonymous: true,
      type: 'regular',
      allows_multiple_answers: false,
      allows_revoting: true,
      members_only: false,
    })
  })

  it('counts votes, and tells of each what it stands at', async () => {
    const { message_id, id } = await ask()
    await bot.control.vote(ana, message_id, [1])
    expect(await bot.updates()).toMatchObject([
      { poll: { id, total_voter_count: 1, options: [{ voter_count: 0 }, { voter_count: 1 }, {}] } },
    ])
  })

  it('that is not anonymous says who voted for what, and who took it back', async () => {
    const { message_id, id } = await ask({ is_anonymous: false })
    await bot.control.vote(ana, message_id, [2])
    await bot.control.vote(ana, message_id, [])
    const updates = await bot.updates()
    expect(updates.map(kindOf)).toEqual(['poll', 'poll_answer', 'poll', 'poll_answer'])
    const answers = updates.flatMap(({ poll_answer }) => poll_answer ?? [])
    expect(answers).toMatchObject([
      { poll_id: id, user: { id: ana }, option_ids: [2] },
      { poll_id: id, user: { id: ana }, option_ids: [] },
    ])
    expect(await counts()).toMatchObject({ total_voter_count: 0 })
  })

  it('takes one answer, or many where it allows them', async () => {
    const one = await ask()
    await expect(bot.control.vote(ana, one.message_id, [0, 1])).rejects.toThrow('one answer only')
    const many = await ask({ allows_multiple_answers: true })
    await bot.control.vote(ana, many.message_id, [0, 1])
    const [{ poll } = {}] = await bot.updates()
    expect(poll).toMatchObject({
      total_voter_count: 1,
      options: [{ voter_count: 1 }, { voter_count: 1 }, {}],
    })
  })

  it('lets people change their vote unless it does not', async () => {
    const open = await ask()
    await bot.control.vote(ana, open.message_id, [0])
    await bot.control.vote(ana, open.message_id, [1])
    expect(await counts()).toMatchObject({
      total_voter_count: 1,
      options: [{ voter_count: 0 }, { voter_count: 1 }, {}],
    })
    const firm = await ask({ allows_revoting: false })
    await bot.control.vote(ana, firm.message_id, [0])
    await expect(bot.control.vote(ana, firm.message_id, [1])).rejects.toThrow('change their answer')
  })

  it('in a group counts the votes of all', async () => {
    const { id } = await bot.control.addChat({ title: 'G', members: [ana, luis] })
    const { message_id } = await ask({ chat_id: id })
    await bot.control.vote(ana, message_id, [0], { chatId: id })
    await bot.control.vote(luis, message_id, [0], { chatId: id })
    expect((await bot.updates()).at(-1)?.poll).toMatchObject({ total_voter_count: 2 })
  })
})

describe('a quiz', () => {
  const quiz = { type: 'quiz', correct_option_id: 1, explanation: 'Because', is_anonymous: false }

  it('knows the answer and why, and takes one vote for good', async () => {
    const { message_id } = await ask(quiz)
    expect(await counts()).toMatchObject({ type: 'quiz', correct_option_ids: [1], explanation: 'Because' })
    await bot.control.vote(ana, message_id, [0])
    await expect(bot.control.vote(ana, message_id, [1])).rejects.toThrow('change their answer')
  })

  it('may let people try again', async () => {
    const { message_id } = await ask({ ...quiz, allows_revoting: true })
    await bot.control.vote(ana, message_id, [0])
    await bot.control.vote(ana, message_id, [1])
    expect(await counts()).toMatchObject({ total_voter_count: 1 })
  })

  // Client.cpp, `process_send_poll_query`: `allows_multiple_answers` holds for both types
  it('may have many correct answers, which can all be given', async () => {
    const { message_id } = await ask({
      type: 'quiz',
      correct_option_ids: [0, 2],
      allows_multiple_answers: true,
    })
    await bot.control.vote(ana, message_id, [0, 2])
  })
})

describe('a poll ends', () => {
  it('when its period is over, which is told', async () => {
    const { message_id, id } = await ask({ open_period: 60 })
    expect(await counts()).toMatchObject({ open_period: 60, close_date: begin + 60 })
    await bot.control.advance(59_999)
    expect(await bot.updates()).toEqual([])
    await bot.control.advance(1)
    expect(await bot.updates()).toMatchObject([{ poll: { id, is_closed: true } }])
    await expect(bot.control.vote(ana, message_id, [0])).rejects.toThrow('closed')
  })

  it('at its date', async () => {
    await ask({ close_date: begin + 90 })
    expect(await counts()).not.toHaveProperty('open_period')
    await bot.control.advance(90_000)
    expect(await counts()).toMatchObject({ is_closed: true })
  })

  it('by the bot, with the result and other buttons, once', async () => {
    const { message_id, id } = await ask()
    await bot.control.vote(ana, message_id, [0])
    const reply_markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }
    expect(await stop(message_id, { reply_markup })).toMatchObject({
      id,
      is_closed: true,
      total_voter_count: 1,
    })
    expect((await bot.control.messages(ana))[0]?.replyMarkup).toEqual(reply_markup)
    expect(await bot.refusal('stopPoll', { ...here, message_id })).toBe(
      'Bad Request: poll has already been closed',
    )
  })

  // td, PollManager.cpp, `on_get_poll`; Bot API, "Update.poll": manually stopped polls
  it('by the bot, which is told as well', async () => {
    const { message_id, id } = await ask()
    await stop(message_id)
    expect(await bot.updates()).toMatchObject([{ poll: { id, is_closed: true } }])
  })

  it('before it began', async () => {
    const { message_id } = await ask({ is_closed: true })
    await expect(bot.control.vote(ana, message_id, [0])).rejects.toThrow('closed')
  })

  it('and is not told of when its message is gone', async () => {
    const { message_id } = await ask({ open_period: 60 })
    await bot.ok('deleteMessage', { ...here, message_id })
    await bot.control.advance(60_000)
    expect(await bot.updates()).toEqual([])
  })
})

// Client.cpp, `get_integer_arg`: from 0 to 2 628 000
it('a period is never less than nothing', async () => {
  const { poll } = await bot.ok('sendPoll', { ...question, open_period: -5 })
  expect(poll).not.toHaveProperty('open_period')
})
