import { describe, expect, it } from 'vitest'
import { type ChatPage, useChatPage, violations } from './chatPage.ts'
import { picture } from './pictures.ts'

/** A conversation with everything in it. */
async function fill(chat: ChatPage): Promise<void> {
  const { control } = chat.emulator
  await control.setLimits(null)
  const said = await control.say(7, 'Hello https://kamihi.dev /help')
  await chat.call('sendMessage', {
    chat_id: 7,
    parse_mode: 'HTML',
    text: '<b>Bold</b> <tg-spoiler>secret</tg-spoiler> <code>code</code><pre>block</pre><blockquote>quote</blockquote>',
    reply_parameters: { message_id: said.messageId },
  })
  await chat.upload('sendPhoto', { chat_id: 7, caption: 'Lake' }, { photo: ['p.png', picture(600, 400)] })
  await chat.upload(
    'sendDocument',
    { chat_id: 7 },
    { document: ['a-rather-long-name-of-a-report.pdf', Buffer.from('x')] },
  )
  await control.sendLocation(7, { latitude: 1, longitude: 2 })
  await chat.call('sendPoll', { chat_id: 7, question: 'Go?', options: [{ text: 'Yes' }, { text: 'No' }] })
  await chat.call('sendMessage', {
    chat_id: 7,
    text: 'Which?',
    reply_markup: {
      inline_keyboard: [
        [
          { text: 'A', callback_data: 'a' },
          { text: 'B', url: 'https://kamihi.dev' },
        ],
      ],
    },
  })
  await chat.call('sendMessage', {
    chat_id: 7,
    text: 'Keys',
    reply_markup: { keyboard: [[{ text: 'Yes' }, { text: 'No' }]] },
  })
  await control.react(7, said.messageId, '👍')
  const group = await control.addChat({ title: 'Trip', members: [7, 8] })
  await control.say(8, 'Hi all', { chatId: group.id })
  await chat.log.getByText('Keys').waitFor()
}
const scrollsSideways = 'document.documentElement.scrollWidth > innerWidth'

describe.each([
  ['light', 1280, 800],
  ['dark', 360, 720],
] as const)('in the %s theme, %i px wide,', (colorScheme, width, height) => {
  const chat = useChatPage({ colorScheme, viewport: { width, height } })

  it('everybody can use conversation, lists, menus and tools', { timeout: 120_000 }, async () => {
    await fill(chat)
    const { page } = chat
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe(colorScheme)
    expect(await violations(page), 'conversation').toEqual([])
    await (await chat.menuOf('Which?')).waitFor()
    expect(await violations(page), 'message menu').toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Details of/ }).click()
    expect(await violations(page), 'details').toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Tools', exact: true }).click()
    for (const tab of ['Activity', 'Faults', 'Limits']) {
      await page.getByRole('tab', { name: tab }).click()
      expect(await violations(page), tab).toEqual([])
      expect(await page.evaluate(scrollsSideways), tab).toBe(false)
    }
    await page.getByRole('button', { name: 'Close the tools' }).click()
    if (width < 700) await page.getByRole('button', { name: 'Conversations' }).click()
    expect(await violations(page), 'list').toEqual([])
    await page.getByRole('button', { name: /^Trip/ }).click()
    await chat.log.getByText('Hi all').waitFor()
    expect(await violations(page), 'group').toEqual([])
    await page.getByRole('button', { name: 'Attach' }).click()
    await page.getByRole('menuitem', { name: 'Location' }).click()
    expect(await violations(page), 'location').toEqual([])
    expect(await page.evaluate(scrollsSideways)).toBe(false)
  })
})

describe('on a small screen', () => {
  const chat = useChatPage({ viewport: { width: 360, height: 720 } })

  it('goes from the conversation to the list and to another conversation', async () => {
    await chat.emulator.control.addChat({ title: 'Trip', members: [7] })
    await chat.page.getByRole('button', { name: 'Conversations' }).click()
    await chat.page.getByRole('button', { name: /^Trip/ }).click()
    await chat.say('from the phone')
    await chat.page.getByRole('button', { name: 'Conversations' }).click()
    await chat.page.getByRole('button', { name: /^Luis Prado/ }).click()
    await chat.page.getByText('as Luis').waitFor()
  })
})

describe('the theme', () => {
  const chat = useChatPage({ colorScheme: 'light' })
  const theme = () => chat.page.evaluate('document.documentElement.dataset.theme')

  it('follows the system until one has chosen', async () => {
    await chat.page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(theme).toBe('dark')
    await chat.page.getByRole('button', { name: 'Switch to the light theme' }).click()
    await chat.page.emulateMedia({ colorScheme: 'light' })
    await chat.page.emulateMedia({ colorScheme: 'dark' })
    expect(await theme()).toBe('light')
    await chat.page.reload()
    expect(await theme()).toBe('light')
  })
})
