import { beforeEach, describe, expect, it } from 'vitest'
import { useChatPage } from './chatPage.ts'

const chat = useChatPage()
const panel = () => chat.page.getByRole('complementary', { name: 'Tools' })
beforeEach(async () => {
  await chat.page.getByRole('button', { name: 'Tools', exact: true }).click()
})
const open = (tab: string) => panel().getByRole('tab', { name: tab }).click()

describe('activity', () => {
  it('shows updates and calls, newest first, with request and response', async () => {
    await chat.say('ping')
    await chat.call('sendMessage', { chat_id: 7, text: 'pong' })
    const entries = panel().getByRole('listitem')
    await entries.filter({ hasText: 'pong' }).waitFor()
    expect(await entries.locator('.name').allTextContents()).toEqual(['sendMessage', 'message'])
    await entries.filter({ hasText: 'pong' }).locator('summary').click()
    await panel().getByLabel('Request').getByText('"text": "pong"').waitFor()
    await panel().getByLabel('Response').getByText('"ok": true').waitFor()
  })

  it('shows only what was refused, or what matches', async () => {
    await chat.call('sendMessage', { chat_id: 7, text: 'fine' })
    await chat.call('sendMessage', { chat_id: 7, text: '' })
    await panel().getByLabel('Refused only').check()
    await panel().getByText('400').waitFor()
    expect(await panel().getByRole('listitem').count()).toBe(1)
    await panel().getByLabel('Refused only').uncheck()
    await panel().getByLabel('Filter').fill('fine')
    await expect.poll(() => panel().getByRole('listitem').count()).toBe(1)
  })

  it('copies a call for the shell, which does the same again', async () => {
    await chat.call('sendMessage', { chat_id: 7, text: "it's me" })
    await panel().locator('summary').first().click()
    await panel().getByRole('button', { name: 'Copy as curl' }).click()
    await panel().getByText('Copied').waitFor()
    expect(await chat.page.evaluate('navigator.clipboard.readText()')).toBe(
      `curl '${chat.emulator.pageUrl}bot${chat.emulator.token}/sendMessage' -H 'content-type: application/json' -d '{"chat_id":7,"text":"it'\\''s me"}'`,
    )
  })
})

describe('faults and limits', () => {
  it('sets a fault at a press, tells when it struck, and takes it away', async () => {
    await open('Faults')
    await panel().getByRole('button', { name: 'Telegram is down (502)' }).click()
    await panel().getByText('struck 0 calls').waitFor()
    await fetch(`${chat.emulator.url}/bot${chat.emulator.token}/getMe`)
    await panel().getByText('struck 1 call', { exact: false }).waitFor()
    await open('Activity')
    await panel().getByText('fault 1').waitFor()
    await open('Faults')
    await panel().getByRole('button', { name: 'Remove fault 1' }).click()
    await panel().getByText('Nothing. Every call').waitFor()
    expect(await chat.emulator.control.faults()).toEqual([])
  })

  it('sets a fault of one’s own', async () => {
    await open('Faults')
    await panel().getByLabel('What happens').selectOption({ label: 'Slow' })
    await panel().getByLabel('Milliseconds late').fill('50')
    await panel().getByLabel('Method').fill('sendMessage')
    await panel().getByLabel('Chat').selectOption({ label: 'Luis Prado' })
    await panel().getByLabel('Until it is removed').check()
    await panel().getByLabel('Share of the calls').fill('50')
    await panel().getByRole('button', { name: 'Set the fault' }).click()
    await panel().getByText('sendMessage · to Luis Prado · until removed · 50 % of the calls').waitFor()
    expect(await chat.emulator.control.faults()).toMatchObject([
      { method: 'sendMessage', chatId: 8, times: null, probability: 0.5, error: { delayMs: 50 } },
    ])
  })

  it('changes the flood limits, and counts what they refuse', async () => {
    await open('Limits')
    await panel().getByLabel('To one person: messages').fill('1')
    await chat.page.keyboard.press('Enter')
    await expect
      .poll(async () => (await chat.emulator.control.limits()).limits?.chat)
      .toEqual({ most: 1, perMs: 5000 })
    for (const text of ['one', 'two', 'three']) await chat.call('sendMessage', { chat_id: 7, text })
    await expect
      .poll(async () => (await panel().locator('dd').allTextContents()).slice(0, 2))
      .toEqual(['1', '2'])
    await panel().getByLabel('Flood limits').uncheck()
    await panel().getByText('They are off').waitFor()
    expect((await chat.emulator.control.limits()).limits).toBeNull()
  })
})

describe('time', () => {
  it('moves by steps, and to what the bot does next', async () => {
    const at = chat.emulator.clock.now() + 2 * 3_600_000
    await chat.emulator.control.announce({ label: 'Morning weather', at })
    await chat.page.getByRole('button', { name: /^Time/ }).click()
    await chat.page.getByRole('button', { name: '+ 1 hour' }).click()
    await chat.page.getByText('1 h ahead').waitFor()
    await chat.page.getByRole('button', { name: /^Time/ }).click()
    await chat.page.getByText(/Morning weather, in (60 min|1 h)/).waitFor()
    await chat.page.getByRole('button', { name: /Jump to the next run/ }).click()
    await chat.page.getByText('2 h ahead').waitFor()
    expect(chat.emulator.clock.now()).toBeGreaterThanOrEqual(at)
    await chat.page.getByRole('button', { name: /^Time/ }).click()
    await chat.page.getByRole('button', { name: 'Stop the time' }).click()
    await chat.page.getByText('stopped').waitFor()
  })
})
