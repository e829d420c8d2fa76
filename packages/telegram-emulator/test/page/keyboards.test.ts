import { describe, expect, it } from 'vitest'
import { useChatPage } from './chatPage.ts'

const chat = useChatPage()
const keys = () => chat.page.getByRole('group', { name: 'Keyboard of the bot' })
const withKeyboard = (text: string, reply_markup: object) =>
  chat.call('sendMessage', { chat_id: 7, text, reply_markup })

describe('keyboards', () => {
  it('tells the bot which button was pressed, and shows what the bot says to it', async () => {
    await withKeyboard('Which city?', { inline_keyboard: [[{ text: 'Paris', callback_data: 'p' }]] })
    await chat.log.getByRole('button', { name: 'Paris' }).click()
    const [update] = (await chat.updates()) as unknown as { callback_query: { id: string } }[]
    expect(update).toMatchObject({ callback_query: { data: 'p' } })
    await chat.call('answerCallbackQuery', { callback_query_id: update?.callback_query.id, text: 'Noted' })
    await chat.page.getByText('Noted').waitFor()
  })

  it('waits with an alert until it was read', async () => {
    await withKeyboard('Sure?', { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] })
    await chat.log.getByRole('button', { name: 'Yes' }).click()
    const [update] = (await chat.updates()) as unknown as { callback_query: { id: string } }[]
    const id = update?.callback_query.id
    await chat.call('answerCallbackQuery', { callback_query_id: id, text: 'Too late', show_alert: true })
    const alert = chat.page.getByRole('dialog')
    await alert.getByText('Too late').waitFor()
    await alert.getByRole('button', { name: 'OK' }).click()
    await alert.waitFor({ state: 'detached' })
  })

  it('opens links, and says what a button that does nothing here would do', async () => {
    await withKeyboard('More?', {
      inline_keyboard: [
        [
          { text: 'Site', url: 'https://kamihi.dev' },
          { text: 'App', web_app: { url: 'https://kamihi.dev' } },
        ],
      ],
    })
    const link = chat.log.getByRole('link', { name: 'Site' })
    expect(await link.getAttribute('rel')).toContain('noopener')
    const app = chat.log.getByRole('button', { name: 'App' })
    expect(await app.getAttribute('title')).toBe('Mini apps are not modelled here')
  })

  it('shows the keyboard of the bot until it takes it away', async () => {
    await withKeyboard('Sure?', { keyboard: [[{ text: 'Yes' }, { text: 'No' }]] })
    await keys().getByRole('button', { name: 'Yes' }).click()
    await chat.log.getByText('Yes', { exact: true }).waitFor()
    await withKeyboard('Good', { remove_keyboard: true })
    await keys().waitFor({ state: 'detached' })
  })

  it('puts a keyboard for one use away, and brings it back on request', async () => {
    await withKeyboard('Sure?', { keyboard: [[{ text: 'Yes' }]], one_time_keyboard: true })
    await keys().getByRole('button', { name: 'Yes' }).click()
    await keys().waitFor({ state: 'detached' })
    await chat.page.getByRole('button', { name: 'Show the keyboard of the bot' }).click()
    await keys().getByRole('button', { name: 'Yes' }).waitFor()
  })

  it('shares a contact and a location when the bot asks for them', async () => {
    await withKeyboard('Share', {
      keyboard: [
        [
          { text: 'My number', request_contact: true },
          { text: 'My place', request_location: true },
        ],
      ],
    })
    await keys().getByRole('button', { name: 'My number' }).click()
    await chat.log.getByText(/^\+/).waitFor()
    await keys().getByRole('button', { name: 'My place' }).click()
    await chat.page.getByRole('button', { name: 'Tokyo' }).click()
    await chat.page.getByRole('button', { name: 'Share', exact: true }).click()
    await chat.log.getByRole('link', { name: /OpenStreetMap/ }).waitFor()
    expect(await chat.updates()).toMatchObject([
      { message: { contact: { first_name: 'Ana', user_id: 7 } } },
      { message: { location: { latitude: 35.6762, longitude: 139.6503 } } },
    ])
  })

  it('begins the answer that the bot asks for', async () => {
    const asked = await chat.call<{ message_id: number }>('sendMessage', {
      chat_id: 7,
      text: 'Your name?',
      reply_markup: { force_reply: true, input_field_placeholder: 'Name' },
    })
    await chat.page.getByText('Reply to').waitFor()
    expect(await chat.field.getAttribute('placeholder')).toBe('Name')
    await chat.say('Ana María')
    expect(await chat.updates()).toMatchObject([
      { message: { text: 'Ana María', reply_to_message: { message_id: asked.message_id } } },
    ])
  })
})
