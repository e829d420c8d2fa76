import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../../scripts/chromium.mjs'
import { type Emulator, startEmulator } from '../../src/index.ts'

let browser: Browser
let emulator: Emulator
let page: Page
let complaints: string[]

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox'],
  })
})
afterAll(() => browser.close())
beforeEach(async () => {
  emulator = await startEmulator({ port: 0 })
  await emulator.control.addUser({ id: 7, firstName: 'Ana' })
  await emulator.control.addUser({ id: 8, firstName: '<img src=x onerror=alert(1)>', started: false })
  page = await browser.newPage()
  complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(emulator.pageUrl)
  await page.getByText('Nothing was said yet').waitFor()
})
afterEach(async () => {
  await page.close()
  await emulator.close()
  expect(complaints).toEqual([])
})

const call = async (method: string, params: object = {}) => {
  const answer = await fetch(`${emulator.url}/bot${emulator.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  return ((await answer.json()) as { result: never }).result
}
const conversation = () => page.getByRole('log')

describe('the chat page', () => {
  it('sends what a person writes to the bot and shows what it answers, with its formatting', async () => {
    await page.getByLabel('Message', { exact: true }).fill('hello')
    await page.keyboard.press('Enter')
    await conversation().getByText('hello').waitFor()
    expect(await call('getUpdates')).toMatchObject([{ message: { text: 'hello', from: { id: 7 } } }])
    await call('sendMessage', {
      chat_id: 7,
      text: 'Sunny in Paris',
      entities: [{ type: 'bold', offset: 9, length: 5 }],
    })
    await conversation().locator('.bold', { hasText: 'Paris' }).waitFor()
  })

  it('shows what was written while the conversation was still loading', async () => {
    let arrived = (): void => {}
    const written = new Promise<void>((resolve) => {
      arrived = resolve
    })
    await page.route('**/_emu/messages', async (route) => {
      const before = await route.fetch()
      await written
      await route.fulfill({ response: before })
    })
    await page.reload()
    await page.getByLabel('Message', { exact: true }).fill('quick')
    await page.keyboard.press('Enter')
    await emulator.control.waitForMessage(7, ({ text }) => text === 'quick')
    await conversation().getByText('quick').waitFor()
    arrived()
    await page.waitForResponse('**/_emu/messages')
    await page.waitForLoadState('networkidle')
    expect(await conversation().getByText('quick').count()).toBe(1)
  })

  it('tells the bot which button was pressed, and shows what the bot says to it', async () => {
    await call('sendMessage', {
      chat_id: 7,
      text: 'Which city?',
      reply_markup: { inline_keyboard: [[{ text: 'Paris', callback_data: 'p' }]] },
    })
    await conversation().getByRole('button', { name: 'Paris' }).click()
    const [update] = (await call('getUpdates', { timeout: 5 })) as { callback_query: { id: string } }[]
    expect(update).toMatchObject({ callback_query: { data: 'p' } })
    await call('answerCallbackQuery', { callback_query_id: update?.callback_query.id, text: 'Noted' })
    await page.getByText('Noted').waitFor()
  })

  it('offers in the "/" menu what this person may use, and sends the one that is chosen', async () => {
    await call('setMyCommands', {
      commands: [
        { command: 'weather', description: 'Tells the weather' },
        { command: 'start', description: 'Says hello' },
      ],
      scope: { type: 'chat', chat_id: 7 },
    })
    await page.getByLabel('Message', { exact: true }).pressSequentially('/')
    expect(await page.getByRole('option').allTextContents()).toEqual([
      '/weatherTells the weather',
      '/startSays hello',
    ])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await conversation().getByText('/start').waitFor()
  })

  it('lets one be somebody else: a name is text, and who has not started begins with Start', async () => {
    await page.getByRole('button', { name: /onerror/ }).click()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await conversation().getByText('/start').waitFor()
    expect(await call('getUpdates')).toMatchObject([{ message: { text: '/start', from: { id: 8 } } }])
  })

  it('counts what arrives for others, and blocks the bot on request', async () => {
    await call('sendMessage', { chat_id: 7, text: 'seen at once' })
    await page.getByRole('button', { name: 'Block the bot' }).click()
    await page.getByRole('button', { name: 'Unblock the bot' }).waitFor()
    expect((await emulator.control.users())[0]).toMatchObject({ blocked: true })
    await emulator.control.start(8)
    await call('sendMessage', { chat_id: 8, text: 'for the other' })
    await page.getByRole('button', { name: /onerror.*unread/ }).waitFor()
  })
})
