import { describe, expect, it } from 'vitest'
import { useChatPage } from './chatPage.ts'

const chat = useChatPage()

describe('the conversation goes along with what happens', () => {
  it('shows what was written while the conversation was still loading, once', async () => {
    let arrived = (): void => {}
    const written = new Promise<void>((resolve) => {
      arrived = resolve
    })
    await chat.page.route('**/_emu/messages', async (route) => {
      const before = await route.fetch()
      await written
      await route.fulfill({ response: before })
    })
    await chat.page.reload()
    await chat.say('quick')
    await chat.emulator.control.waitForMessage(7, ({ text }) => text === 'quick')
    const answer = chat.page.waitForResponse('**/_emu/messages')
    arrived()
    await answer
    await chat.say('then')
    expect(await chat.log.getByText('quick').count()).toBe(1)
  })

  it('forgets what was deleted, and shows what was edited, while it was loading', async () => {
    const { messageId } = await chat.emulator.control.say(7, 'wrong')
    await chat.emulator.control.say(7, 'draft')
    await chat.page.route('**/_emu/messages', async (route) => {
      const before = await route.fetch()
      await chat.emulator.control.deleteMessage(7, messageId)
      await chat.emulator.control.edit(7, messageId + 1, 'final')
      await new Promise((resolve) => setTimeout(resolve, 300))
      await route.fulfill({ response: before })
    })
    await chat.page.reload()
    await chat.log.getByText('final').waitFor()
    expect(await chat.log.getByText('wrong').count()).toBe(0)
  })

  it('stays where one reads, counts what is new, and goes there on request', async () => {
    for (let n = 0; n < 60; n += 1) await chat.emulator.control.say(7, `line ${n}`)
    await chat.log.getByText('line 59').waitFor()
    await chat.log.hover()
    await chat.page.mouse.wheel(0, -1200)
    const newest = chat.page.getByRole('button', { name: 'Jump to the newest message' })
    await newest.waitFor()
    await chat.call('sendMessage', { chat_id: 7, text: 'fresh' })
    await newest.getByText('1 unread').waitFor()
    await chat.log.getByText('New messages').waitFor({ state: 'attached' })
    expect(await chat.page.title()).toMatch(/^\(1\)/)
    await newest.click()
    await newest.waitFor({ state: 'detached' })
    expect(await chat.page.title()).not.toMatch(/^\(/)
  })

  it('marks where the new messages begin when one comes back', async () => {
    await chat.say('before')
    await chat.page.getByRole('button', { name: /^Luis Prado/ }).click()
    await chat.call('sendMessage', { chat_id: 7, text: 'while away' })
    await chat.page.getByRole('button', { name: /^Ana.*1 unread/ }).click()
    const texts = await chat.log.locator('article .run, .line').allTextContents()
    expect(texts).toEqual(['before', 'New messages', 'while away'])
  })

  it('separates the days', async () => {
    await chat.say('on one day')
    await chat.emulator.control.advance(86_400_000)
    await chat.say('on the next')
    await chat.log.getByText('Yesterday').waitFor()
    await chat.log.getByText('Today').waitFor()
  })

  it('says that the emulator is away, and catches up when it is back', async () => {
    await chat.say('before the stop')
    await chat.restart(async (control) => {
      await control.addUser({ id: 7, firstName: 'Ana' })
      await control.say(7, 'after the start')
    })
    await chat.log.getByText('after the start').waitFor()
    expect(await chat.log.getByText('before the stop').count()).toBe(0)
    await chat.page.getByText('Waiting for the bot to be started').waitFor({ state: 'detached' })
    await chat.emulator.control.reset()
    await chat.page.getByText('There is nobody here yet').waitFor()
    await chat.emulator.control.addUser({ id: 5, firstName: 'Eva' })
    await chat.page.getByRole('button', { name: /You are: Eva/ }).waitFor()
  })

  it('renders five hundred messages and stays at the newest', async () => {
    for (let n = 0; n < 500; n += 1) await chat.emulator.control.say(7, `line ${n}`)
    await chat.page.reload()
    await chat.log.getByText('line 499', { exact: true }).waitFor()
    expect(await chat.log.getByRole('article').count()).toBe(500)
    await expect
      .poll(() =>
        chat.log.evaluate((log) => {
          const { scrollHeight, scrollTop, clientHeight } = log as unknown as Record<string, number>
          return Math.abs((scrollHeight ?? 0) - (scrollTop ?? 0) - (clientHeight ?? 0))
        }),
      )
      .toBeLessThan(5)
  })
})
