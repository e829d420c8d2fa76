import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningBot, scheduleDemo, startExampleBot } from './bot.ts'
import { openBrowser, openPage } from './browser.ts'
import { pickAction } from './stage.ts'

let bot: RunningBot
let browser: Browser
let page: Page
let chat: Page
let complaints: string[][]

beforeAll(async () => {
  // Each minute would be among what the steps count, and would mark who has blocked the bot before they look.
  bot = await startExampleBot({ KAMIHI_JOBS__ALLOW_SECONDS: 'true' }, (dir) => scheduleDemo(dir, '0 * * * *'))
  browser = await openBrowser()
  // Windows of their own: a tab behind another one is drawn once a second.
  const viewport = { width: 1360, height: 900 }
  const dashboard = await openPage(await browser.newContext({ viewport }))
  const chatPage = await openPage(await browser.newContext({ viewport }))
  page = dashboard.page
  chat = chatPage.page
  complaints = [dashboard.complaints, chatPage.complaints]
  await chat.goto(`${bot.chatPage}?person=1002`)
})
afterAll(async () => {
  await page?.context().close()
  await chat?.context().close()
  await bot?.kill('SIGTERM')
})

const conversation = () => chat.getByRole('log')
/** What the page of a run says on top: it stands there once more for who listens. */
const verdict = (words: string) =>
  page.getByRole('region', { name: 'How it goes' }).getByText(words).first().waitFor()
const row = (job: string) => page.getByRole('row').filter({ hasText: job })

// One journey: each step begins where the one before has ended.
describe('a newcomer', () => {
  it('is told the links, that jobs are on and how to stop', () => {
    expect(bot.output()).toContain(bot.dashboard)
    expect(bot.output()).toContain(bot.chatPage)
    expect(bot.output()).toMatch(/jobs are on/i)
    expect(bot.output()).toContain('Ctrl+C')
  })

  it('opens the set-up link, chooses a name and a password, and lands in the dashboard', async () => {
    await page.goto(bot.setUpLink)
    expect(new URL(page.url()).hash).toBe('')
    await page.getByLabel('User name').fill('ana')
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText('needs at least 12 characters', { exact: true }).waitFor()
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('heading', { name: 'First steps' }).waitFor()
  })

  it('cannot use the set-up link twice', async () => {
    const context = await browser.newContext()
    const stranger = await context.newPage()
    await stranger.goto(bot.setUpLink)
    await stranger.getByLabel('User name').fill('eve')
    await stranger.getByLabel('Password', { exact: true }).fill('another long enough password')
    await stranger.getByRole('button', { name: 'Create account' }).click()
    await stranger.getByText('The first owner exists already.').waitFor()
    await context.close()
  })

  it('fills in a new job as the guide says, sees its next runs and warnings, and saves it', async () => {
    await page.getByRole('link', { name: 'Jobs' }).click()
    await page.getByRole('link', { name: 'New Job' }).click()
    await page.getByRole('heading', { name: 'New Job' }).waitFor()
    await pickAction(page, 'weather')
    expect(await page.getByLabel('Enabled').isChecked()).toBe(true)
    await page.getByLabel('Per user').check()
    await page.getByText('Nobody is chosen: the job will not run at all').waitFor()
    await page.getByLabel('Users', { exact: true }).fill('Lui')
    await page.getByRole('option', { name: /Luis/ }).click()
    await page.keyboard.press('Escape')
    await page.getByLabel('Roles', { exact: true }).click()
    await page.getByRole('option', { name: /Team/ }).click()
    await page.keyboard.press('Escape')
    const preview = page.getByRole('complementary', { name: 'Preview' })
    await page.getByLabel('Cron expression').fill('61 * * * *')
    await page.getByText(/^Invalid cron expression\./).waitFor()
    const guru = page.getByRole('link', { name: 'Explain it on crontab.guru' })
    await page.getByLabel('Cron expression').fill('0 9 * * 1-5')
    expect(await guru.getAttribute('href')).toBe('https://crontab.guru/#0_9_*_*_1-5')
    await page.getByLabel('Cron expression').fill('*/2 * * * * *')
    await preview.getByText('Every 2 seconds').waitFor()
    expect(await preview.getByRole('row').count()).toBe(1 + 5)
    await preview.getByText('2 people').waitFor()
    await page.getByText('The action runs 2 times').waitFor()
    await page.getByText('"name" is not given and will be null.').waitFor()
    await page.getByLabel('What is your name?').fill('John Doe')
    await page.getByRole('button', { name: 'JSON', exact: true }).click()
    expect(JSON.parse(await page.getByLabel('Args as JSON').inputValue())).toEqual({ name: 'John Doe' })
    await page.getByLabel('Args as JSON').fill('{"name": "John Doe", "city": "New York"}')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: '/weather' }).waitFor()
  })

  it('sees the job fire by itself in the chat, and its runs in the dashboard without reloading', async () => {
    await conversation()
      .getByText(/Hello John Doe: New York is sunny/)
      .first()
      .waitFor()
    await page
      .getByRole('navigation', { name: 'Parts of the job' })
      .getByRole('link', { name: 'Runs' })
      .click()
    await page
      .getByRole('row')
      .filter({ hasText: 'completed' })
      .filter({ hasText: '2 / 2' })
      .first()
      .waitFor()
  })

  it('disables the job in its row, and runs it by hand from the Actions menu of the row all the same', async () => {
    await page.getByRole('link', { name: 'Jobs' }).first().click()
    await page.getByRole('switch', { name: 'Enabled: /weather' }).click()
    await page.getByText('/weather is disabled.').waitFor()
    await row('/weather').getByRole('button', { name: 'Actions for /weather' }).click()
    await page.getByRole('menuitem', { name: 'Run job manually' }).click()
    const dialog = page.getByRole('dialog', { name: 'Run job manually' })
    await dialog.getByText('the job is disabled and runs anyway').waitFor()
    await dialog.getByRole('button', { name: 'Send to 2 people in the emulator' }).dblclick()
    await verdict('Sent to 2 people.')
    for (const name of ['Luis', 'Mei'])
      await page.getByRole('row').filter({ hasText: name }).getByText('sent', { exact: true }).waitFor()
    const manual = await page.request.get(`${bot.dashboard}/api/v1/runs?trigger=manual`)
    expect(await manual.json()).toMatchObject({ total: 1 })
  })

  it('is told the reason for each person who could not get it, and sends again only to them', async () => {
    await bot.control.block(1003)
    await page.getByRole('link', { name: 'Job', exact: true }).click()
    await page.getByRole('button', { name: 'Run job manually' }).click()
    await page.getByRole('button', { name: /^Send to 2 people/ }).click()
    await verdict('1 of 2 people did not get it; 1 did.')
    await page
      .getByRole('row')
      .filter({ hasText: 'Mei' })
      .getByText(/blocked/)
      .first()
      .waitFor()
    await bot.control.unblock(1003)
    await page.getByRole('button', { name: 'Retry failed only (1)' }).click()
    await page.getByRole('button', { name: 'Send to 1 person' }).click()
    await verdict('Sent to 1 person.')
    expect(await page.getByRole('row').filter({ hasText: 'Luis' }).count()).toBe(0)
  })

  it('tries a job without sending anything', async () => {
    const greetings = async () =>
      (await bot.control.messages(1002)).filter(({ text }) => text.includes('Hello John Doe')).length
    const before = await greetings()
    await page.getByRole('link', { name: 'Job', exact: true }).click()
    await page.getByRole('button', { name: 'Run job manually' }).click()
    await page.getByLabel('Dry run – nothing is sent').check()
    await page.getByRole('button', { name: 'Try it, send nothing' }).click()
    await verdict('Dry run: nothing was sent.')
    await page
      .getByRole('row')
      .filter({ hasText: 'Luis' })
      .getByText(/Hello John Doe/)
      .waitFor()
    expect(await greetings()).toBe(before)
  })

  it('sends /weather in the chat page, answers its questions and gets the answer', async () => {
    await chat.getByLabel('Message', { exact: true }).pressSequentially('/wea')
    await chat.getByRole('option', { name: /weather/ }).click()
    await conversation().getByText('What is your name?').waitFor()
    await chat.getByLabel('Message', { exact: true }).fill('Luis')
    await chat.getByRole('button', { name: 'Send' }).click()
    await conversation().getByRole('button', { name: 'Paris' }).click()
    await conversation().getByText('Hello Luis: Paris is cloudy, 12 °C.').waitFor()
  })

  it('gives a person a role, and sees the commands of that person change', async () => {
    await bot.control.addUser({ id: 2001, firstName: 'Zoe' })
    await page.getByRole('link', { name: 'Users' }).click()
    await page.getByRole('link', { name: 'New User' }).click()
    await page.getByLabel('Telegram ID').fill('2001')
    await page.getByLabel('Name', { exact: true }).fill('Zoe')
    await page.getByLabel('Roles', { exact: true }).click()
    await page.getByRole('option', { name: /Team/ }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Zoe' }).waitFor()
    await expect
      .poll(async () => (await bot.control.commandsFor(2001)).map(({ command }) => command))
      .toContain('weather')
  })

  it('compares with what somebody else saved meanwhile in the same field, and keeps the rest of theirs', async () => {
    await page.getByRole('link', { name: 'Roles' }).click()
    await page.getByRole('link', { name: 'Team' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Crew')
    const answered = async <T>(path: string): Promise<T> =>
      (await (await page.request.get(`${bot.dashboard}/api/v1${path}`)).json()) as T
    const [team] = (await answered<{ items: { id: string }[] }>('/roles')).items
    const { version, userIds } = await answered<{ version: number; userIds: string[] }>(`/roles/${team?.id}`)
    const theirs = await page.request.patch(`${bot.dashboard}/api/v1/roles/${team?.id}`, {
      data: { version, name: 'Staff', userIds: userIds.slice(1) },
      headers: { origin: bot.dashboard },
    })
    expect(theirs.status()).toBe(200)
    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this meanwhile' })
    await dialog.getByText('Staff', { exact: true }).waitFor()
    expect(await dialog.getByRole('row').count()).toBe(2)
    await dialog.getByLabel('Keep mine').check()
    await dialog.getByRole('button', { name: 'Save the result' }).click()
    await row('Crew').getByText('2', { exact: true }).first().waitFor()
  })

  it('is warned before leaving a form with changes', async () => {
    await page.getByRole('link', { name: 'Crew' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Something else')
    await page.getByRole('link', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Stay' }).click()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Something else')
    await page.getByRole('link', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Leave' }).click()
    await page.getByRole('heading', { name: 'Roles' }).waitFor()
  })

  it('jumps to the next run in the chat page, and bot and dashboard go along', async () => {
    const reports = async () =>
      (await bot.control.messages(1001)).filter(({ text }) => text.includes('Report of')).length
    const before = await reports()
    await chat.getByRole('button', { name: /^Time/ }).click()
    await chat.getByRole('button', { name: '+ 1 hour' }).click()
    await chat.getByText('1 h ahead').waitFor()
    await expect.poll(reports).toBeGreaterThan(before)
    await page.getByRole('link', { name: 'Jobs' }).first().click()
    await row('Report every minute')
      .getByText(/^in \d+ (sec|min|hr)/)
      .waitFor()
    const then = await reports()
    await chat.getByRole('button', { name: /^Time/ }).click()
    await chat.getByRole('button', { name: /Jump to the next run/ }).click()
    await expect.poll(reports).toBeGreaterThan(then)
    await page.getByRole('link', { name: 'Roles' }).click()
  })

  it('whose session has ended signs in over the form, and what was typed is kept', async () => {
    await page.getByRole('link', { name: 'Crew' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Ship’s crew')
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Sign in again' })
    await dialog.getByLabel('User name').fill('ana')
    await dialog.getByLabel('Password', { exact: true }).fill('correct horse battery staple')
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Ship’s crew' }).waitFor()
  })

  it('is told that the server is away, and sees it come back by itself', async () => {
    await bot.kill('SIGKILL')
    await page.getByText('Reconnecting …').waitFor()
    await bot.restart()
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 40_000 })
    await page.getByRole('link', { name: 'Users' }).click()
    await page.getByRole('link', { name: 'Zoe' }).waitFor()
  })

  it('signs out, and back in to the page that was asked for', async () => {
    await page.getByRole('button', { name: 'Account of ana' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.goto(`${bot.dashboard}/permissions`)
    await page.getByLabel('User name').fill('ana')
    await page.getByLabel('Password', { exact: true }).fill('not the right one at all')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('User name or password is wrong.').waitFor()
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Permissions' }).waitFor()
  })

  it('has seen no error on the console and no request to another host', () => {
    expect(
      complaints.flat().filter((text) => !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|ERR_SOCKET/.test(text)),
    ).toEqual([])
  })
})
