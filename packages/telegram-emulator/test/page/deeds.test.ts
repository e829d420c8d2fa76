import { describe, expect, it } from 'vitest'
import { useChatPage } from './chatPage.ts'

const chat = useChatPage()
const kinds = ['message', 'edited_message', 'message_reaction', 'poll', 'poll_answer']

describe('what one does with messages', () => {
  it('edits an own message, and a bot that edits is marked, too', async () => {
    await chat.say('teh cat')
    await (await chat.menuOf('teh cat')).getByRole('menuitem', { name: 'Edit' }).click()
    expect(await chat.field.inputValue()).toBe('teh cat')
    await chat.field.fill('the cat')
    await chat.page.keyboard.press('Enter')
    await chat.log.getByText('the cat').waitFor()
    await chat.log.getByText('edited').waitFor()
    expect(await chat.updates()).toMatchObject([
      { message: { text: 'teh cat' } },
      { edited_message: { text: 'the cat' } },
    ])
  })

  it('edits the last own message with the arrow up, and leaves it alone with Escape', async () => {
    await chat.say('one')
    await chat.field.press('ArrowUp')
    expect(await chat.field.inputValue()).toBe('one')
    await chat.field.press('Escape')
    expect(await chat.field.inputValue()).toBe('')
  })

  it('deletes an own message; what the bot deletes vanishes, too', async () => {
    await chat.say('oops')
    await (await chat.menuOf('oops')).getByRole('menuitem', { name: 'Delete' }).click()
    await chat.log.getByText('oops').waitFor({ state: 'detached' })
    const sent = await chat.call<{ message_id: number }>('sendMessage', { chat_id: 7, text: 'secret' })
    await chat.log.getByText('secret').waitFor()
    await chat.call('deleteMessage', { chat_id: 7, message_id: sent.message_id })
    await chat.log.getByText('secret').waitFor({ state: 'detached' })
  })

  it('offers no edit and no delete of what the bot has said', async () => {
    await chat.call('sendMessage', { chat_id: 7, text: 'mine' })
    const items = (await chat.menuOf('mine')).getByRole('menuitem')
    expect((await items.allTextContents()).map((text) => text.trim()).slice(6)).toEqual([
      'Reply',
      'Copy text',
    ])
  })

  it('answers a message, and the quote leads to it', async () => {
    await chat.call('sendMessage', { chat_id: 7, text: 'Tea or coffee?' })
    await (await chat.menuOf('Tea or coffee?')).getByRole('menuitem', { name: 'Reply' }).click()
    await chat.say('Tea')
    expect(await chat.updates()).toMatchObject([
      { message: { text: 'Tea', reply_to_message: { text: 'Tea or coffee?' } } },
    ])
    await chat.log.getByRole('button', { name: /Tea or coffee\?$/ }).click()
    await chat.log.locator('article:focus', { hasText: 'Tea or coffee?' }).waitFor()
  })

  it('copies the text', async () => {
    await chat.call('sendMessage', { chat_id: 7, text: 'Code 42' })
    await (await chat.menuOf('Code 42')).getByRole('menuitem', { name: 'Copy text' }).click()
    expect(await chat.page.evaluate('navigator.clipboard.readText()')).toBe('Code 42')
  })

  it('reacts, shows the reactions of others, and takes a reaction back', async () => {
    await chat.call('getUpdates', { allowed_updates: kinds })
    const sent = await chat.call<{ message_id: number }>('sendMessage', { chat_id: 7, text: 'Done!' })
    await chat.log.getByText('Done!').hover()
    await chat.log.getByRole('button', { name: 'React', exact: true }).click()
    await chat.page.getByRole('menuitem', { name: 'React with 🔥' }).click()
    const chip = chat.log.getByRole('button', { name: '🔥 1, Ana' })
    await chip.waitFor()
    expect(await chat.updates()).toMatchObject([{ message_reaction: { new_reaction: [{ emoji: '🔥' }] } }])
    await chat.call('setMessageReaction', {
      chat_id: 7,
      message_id: sent.message_id,
      reaction: [{ type: 'emoji', emoji: '👍' }],
    })
    await chat.log.getByRole('button', { name: /^👍 1/ }).waitFor()
    await chip.click()
    await chip.waitFor({ state: 'detached' })
  })

  it('votes in a poll and sees the result', async () => {
    await chat.call('sendPoll', {
      chat_id: 7,
      question: 'Where to?',
      options: [{ text: 'Sea' }, { text: 'Hills' }],
      is_anonymous: false,
    })
    await chat.log.getByRole('button', { name: 'Sea' }).click()
    await chat.log.getByText('100 %').waitFor()
    expect(await chat.updates()).toMatchObject([
      { poll: { total_voter_count: 1 } },
      { poll_answer: { option_ids: [0], user: { id: 7 } } },
    ])
    // Another browser knows nothing of this one.
    await chat.page.evaluate('sessionStorage.clear()')
    await chat.page.reload()
    await chat.log.getByText('Poll · 1 vote').waitFor()
    await chat.log.getByRole('button', { name: 'Take the vote back' }).click()
    await chat.log.getByText('Poll · no votes yet').waitFor()
  })

  it('takes several answers where a poll allows them', async () => {
    await chat.call('sendPoll', {
      chat_id: 7,
      question: 'Which days?',
      options: [{ text: 'Mon' }, { text: 'Tue' }, { text: 'Wed' }],
      is_anonymous: false,
      allows_multiple_answers: true,
    })
    await chat.log.getByLabel('Mon').check()
    await chat.log.getByLabel('Wed').check()
    await chat.log.getByRole('button', { name: 'Vote' }).click()
    await chat.log.getByText('Poll · 1 vote').waitFor()
    expect((await chat.updates()).at(-1)).toMatchObject({ poll_answer: { option_ids: [0, 2] } })
  })

  it('tells whom a message was forwarded from, and that one was pinned', async () => {
    const { messageId } = await chat.emulator.control.say(8, 'Look here')
    await chat.call('forwardMessage', { chat_id: 7, from_chat_id: 8, message_id: messageId })
    await chat.log.getByText('Forwarded from Luis Prado').waitFor()
    const [sent] = await chat.emulator.control.messages(7)
    await chat.call('pinChatMessage', { chat_id: 7, message_id: sent?.messageId })
    await chat.log.getByText('A message was pinned').waitFor()
  })

  it('tells in a quiz which answer was right', async () => {
    await chat.call('sendPoll', {
      chat_id: 7,
      type: 'quiz',
      question: 'Capital of Peru?',
      options: [{ text: 'Quito' }, { text: 'Lima' }],
      correct_option_ids: [1],
      explanation: 'Quito is in Ecuador.',
    })
    await chat.log.getByRole('button', { name: 'Quito' }).click()
    await chat.log.getByLabel('your answer, wrong').waitFor()
    await chat.log.getByLabel('right answer').waitFor()
    await chat.log.getByText('Quito is in Ecuador.').waitFor()
  })
})
