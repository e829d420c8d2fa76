import { describe, expect, it } from 'vitest'
import { script, useChatPage } from './chatPage.ts'

const chat = useChatPage()

describe('text', () => {
  it('sends what a person writes to the bot and shows what it answers, with its formatting', async () => {
    await chat.say('hello')
    expect(await chat.updates()).toMatchObject([{ message: { text: 'hello', from: { id: 7 } } }])
    await chat.call('sendMessage', {
      chat_id: 7,
      parse_mode: 'HTML',
      text: 'Sunny in <b>Paris</b>, see <a href="https://kamihi.dev">more</a><pre><code class="language-ts">let x</code></pre><blockquote>as said</blockquote>',
    })
    await chat.log.locator('.bold', { hasText: 'Paris' }).waitFor()
    const link = chat.log.getByRole('link', { name: 'more' })
    expect(await link.getAttribute('rel')).toContain('noopener')
    expect(await chat.log.locator('pre').textContent()).toBe('let x')
    await chat.log.getByText('ts', { exact: true }).waitFor()
    expect(await chat.log.locator('blockquote').textContent()).toContain('as said')
  })

  it('keeps lines: Shift and Enter begins a new one', async () => {
    await chat.field.pressSequentially('first')
    await chat.page.keyboard.press('Shift+Enter')
    await chat.field.pressSequentially('second')
    await chat.page.keyboard.press('Enter')
    await chat.log.getByText('first').waitFor()
    expect(await chat.updates()).toMatchObject([{ message: { text: 'first\nsecond' } }])
  })

  it('hides a spoiler until it is pressed, also by keyboard', async () => {
    await chat.call('sendMessage', {
      chat_id: 7,
      parse_mode: 'HTML',
      text: 'It was <tg-spoiler>the gardener</tg-spoiler>',
    })
    const hidden = chat.log.getByRole('button', { name: 'Show what is hidden' })
    await hidden.focus()
    await chat.page.keyboard.press('Enter')
    await hidden.waitFor({ state: 'detached' })
    await chat.log.getByText('the gardener').waitFor()
  })

  it('takes names, messages and file names for text, never for HTML', async () => {
    await chat.say(script)
    await chat.call('sendMessage', { chat_id: 7, text: `Hi ${script}` })
    await chat.upload('sendDocument', { chat_id: 7 }, { document: [`${script}.txt`, Buffer.from('x')] })
    await chat.log.getByText('.txt').waitFor()
    const group = await chat.emulator.control.addChat({ title: script, members: [7, 9] })
    await chat.page.getByRole('button', { name: /^<img.*Nothing was said yet/ }).click()
    await chat.emulator.control.say(9, 'in the group', { chatId: group.id })
    await chat.log.getByText('in the group').waitFor()
    expect(await chat.page.locator('img[src="x"]').count()).toBe(0)
  })

  it('shows the bot’s commands in the "/" menu and sends the one that is chosen', async () => {
    await chat.call('setMyCommands', {
      commands: [
        { command: 'weather', description: 'Tells the weather' },
        { command: 'start', description: 'Says hello' },
      ],
      scope: { type: 'chat', chat_id: 7 },
    })
    await chat.field.pressSequentially('/')
    expect(await chat.page.getByRole('option').allTextContents()).toEqual([
      '/weatherTells the weather',
      '/startSays hello',
    ])
    await chat.page.keyboard.press('ArrowDown')
    await chat.page.keyboard.press('Enter')
    await chat.log.getByText('/start').waitFor()
  })

  it('shows what a message that cannot be sent was refused for, and keeps it', async () => {
    await chat.field.fill('x'.repeat(5000))
    await chat.page.keyboard.press('Enter')
    await chat.page.getByRole('alert').getByText('at most 4096 characters').waitFor()
    expect((await chat.field.inputValue()).length).toBe(5000)
  })

  it('tells what the bot is doing until it has done it', async () => {
    await chat.call('sendChatAction', { chat_id: 7, action: 'upload_photo' })
    await chat.log.getByText('is sending a photo …').waitFor()
    await chat.call('sendMessage', { chat_id: 7, text: 'There it is' })
    await chat.log.getByText('is sending a photo …').waitFor({ state: 'detached' })
  })
})
