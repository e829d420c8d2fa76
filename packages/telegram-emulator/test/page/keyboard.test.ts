import { describe, expect, it } from 'vitest'
import { useChatPage } from './chatPage.ts'

const chat = useChatPage()
const press = async (...keys: string[]) => {
  for (const key of keys) await chat.page.keyboard.press(key)
}
const focused = () => chat.page.evaluate('document.activeElement.textContent.trim()')
const tabTo = async (text: RegExp) => {
  for (let step = 0; step < 40; step += 1) {
    await press('Shift+Tab')
    if (text.test(String(await focused()))) return
  }
  throw new Error(`Shift and Tab do not lead to ${text}`)
}

describe('by keyboard alone', () => {
  it('one writes, becomes somebody else and comes back', async () => {
    await chat.page.keyboard.type('hello')
    await press('Enter')
    await chat.log.getByText('hello').waitFor()
    await tabTo(/You are/)
    await press('Enter')
    await chat.page.getByRole('menuitemradio', { name: 'Ana' }).waitFor()
    await press('ArrowDown', 'Enter')
    await chat.page.getByRole('button', { name: /You are: Luis Prado/ }).waitFor()
    await chat.page.keyboard.type('I am Luis')
    await press('Enter')
    await chat.log.getByText('I am Luis').waitFor()
    expect(await chat.updates()).toMatchObject([
      { message: { text: 'hello', from: { id: 7 } } },
      { message: { text: 'I am Luis', from: { id: 8 } } },
    ])
  })

  it('one goes through the messages with arrows, and answers one', async () => {
    for (const text of ['first', 'second', 'third']) await chat.call('sendMessage', { chat_id: 7, text })
    await chat.log.getByText('third').waitFor()
    await chat.log.getByRole('article').last().focus()
    await press('ArrowUp', 'ArrowUp')
    expect(await focused()).toContain('first')
    await press('Enter')
    await chat.page.getByRole('menuitem', { name: 'Reply' }).waitFor()
    await chat.page.getByRole('menuitem', { name: 'Reply' }).focus()
    await press('Enter')
    await chat.page.keyboard.type('to the first')
    await press('Enter')
    await chat.log.getByText('to the first').waitFor()
    expect(await chat.updates()).toMatchObject([{ message: { reply_to_message: { text: 'first' } } }])
  })

  it('one walks the conversations with arrows', async () => {
    await chat.emulator.control.addChat({ title: 'Trip', members: [7, 8] })
    await chat.page.getByRole('button', { name: /^Trip/ }).waitFor()
    await chat.page.getByRole('button', { name: /Kamihi demo.*Nothing was said/i }).focus()
    await press('ArrowDown')
    expect(await focused()).toContain('Trip')
    await press('Enter')
    await chat.page.getByRole('log', { name: 'Conversation with Trip' }).waitFor()
  })

  it('Escape closes what is open, and the focus goes back', async () => {
    await chat.page.getByRole('button', { name: 'Attach' }).focus()
    await press('Enter')
    await chat.page.getByRole('menu', { name: 'Attach' }).waitFor()
    await press('Escape')
    await chat.page.getByRole('menu', { name: 'Attach' }).waitFor({ state: 'hidden' })
    expect(await chat.page.evaluate('document.activeElement.ariaLabel')).toBe('Attach')
    await chat.page.getByRole('button', { name: 'Tools', exact: true }).focus()
    await press('Enter')
    await chat.page.getByRole('tab', { name: 'Activity' }).focus()
    await press('ArrowRight')
    await chat.page.getByText('Set now').waitFor()
    await press('Escape')
    await chat.page.getByRole('complementary').waitFor({ state: 'detached' })
  })
})
