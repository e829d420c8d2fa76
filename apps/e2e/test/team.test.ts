import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningBot, startExampleBot } from './bot.ts'
import { openBrowser, openPage } from './browser.ts'
import { apiOf, signIn } from './owner.ts'

let bot: RunningBot
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  bot = await startExampleBot()
  browser = await openBrowser()
  context = await browser.newContext()
  await signIn(context, bot)
  ;({ page, complaints } = await openPage(context))
})
afterAll(async () => {
  await context?.close()
  await bot?.kill('SIGTERM')
})

/** A browser in which nobody is signed in. */
async function stranger(): Promise<Page> {
  return (await openPage(await browser.newContext())).page
}
const verbOf = async (name: string, verb: string) => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: verb }).click()
}

it('greets who is not signed in without a word on the console', async () => {
  const visitor = await (await browser.newContext()).newPage()
  const said: string[] = []
  visitor.on('console', (message) => said.push(message.text()))
  await visitor.goto(`${bot.dashboard}/jobs`)
  await visitor.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  expect(said).toEqual([])
  await visitor.context().close()
})

describe('the team', () => {
  it('invites somebody, who chooses a password by the link and signs in', async () => {
    await page.goto(`${bot.dashboard}/settings/team`)
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByLabel('User name').fill('luis')
    await page.getByRole('button', { name: 'Make the invitation' }).click()
    await page.getByText('Send this link to luis').waitFor()
    const link = (await page.getByRole('dialog').locator('code').first().textContent()) ?? ''
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('heading', { level: 1, name: 'Team' }).waitFor()
    await page.getByText('2 in this list').waitFor()

    const luis = await stranger()
    await luis.goto(link)
    await luis.getByText('Choose a password for your account luis.').waitFor()
    expect(new URL(luis.url()).hash).toBe('')
    await luis.getByLabel('Password', { exact: true }).fill('another long password here')
    await luis.getByRole('button', { name: 'Set password' }).click()
    await luis.getByText('Your password is set').waitFor()
    await luis.getByRole('button', { name: 'Sign in' }).click()
    await luis.getByLabel('User name').fill('luis')
    await luis.getByLabel('Password', { exact: true }).fill('another long password here')
    await luis.getByRole('button', { name: 'Sign in', exact: true }).click()
    await luis.getByRole('heading', { name: 'Needs attention' }).waitFor()

    await luis.goto(`${bot.dashboard}/settings/team`)
    await luis.getByText('Needs the role owner').waitFor()
    await luis.context().close()
    const late = await stranger()
    await late.goto(link)
    await late.getByText('This link is not valid any more').waitFor()
    await late.context().close()
  })

  it('changes a role, and takes it back', async () => {
    await page.reload()
    await verbOf('luis', 'Change role')
    await page.getByLabel('Viewer').check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('luis is viewer now.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('row', { name: /luis/ }).getByText('Operator').waitFor()
  })

  it('deletes an account after telling what that means', async () => {
    await verbOf('luis', 'Delete')
    await page.getByText('its API tokens end').waitFor()
    await page.getByRole('button', { name: 'Delete account' }).click()
    await page.getByText('luis', { exact: true }).waitFor({ state: 'detached' })
    expect((await apiOf(context, bot).listAccounts()).items.map(({ username }) => username)).toEqual(['ana'])
  })

  it('makes a token that is shown once and works until it is revoked', async () => {
    const ask = async (secret: string) =>
      (await fetch(`${bot.dashboard}/api/v1/jobs`, { headers: { authorization: `Bearer ${secret}` } })).status
    await page.goto(`${bot.dashboard}/settings/tokens`)
    await page.getByRole('button', { name: 'New token' }).first().click()
    await page.getByLabel('Name').fill('CI')
    await page.getByRole('button', { name: 'Make the token' }).click()
    await page.getByText('Copy your token now').waitFor()
    const secret = (await page.getByRole('dialog').locator('code').first().textContent()) ?? ''
    expect(await ask(secret)).toBe(200)
    await page.getByRole('button', { name: 'I have copied it' }).click()
    expect(await page.getByText(secret).count()).toBe(0)
    await page.getByRole('button', { name: 'Revoke CI?' }).click()
    await page.getByRole('button', { name: 'Revoke token' }).click()
    await page.getByText('revoked', { exact: true }).waitFor()
    expect(await ask(secret)).toBe(401)
  })
})

it('signs in with a code of the bot, on the page that was asked for', async () => {
  await page.goto(`${bot.dashboard}/settings/team`)
  await verbOf('ana', 'Link to a user')
  await page.getByRole('option', { name: /Ana/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('gets codes of the bot').waitFor()

  const other = await stranger()
  await other.goto(`${bot.dashboard}/status`)
  await other.getByRole('button', { name: 'Use a code from the bot' }).click()
  await other.getByLabel('User name').fill('ana')
  await other.getByRole('button', { name: 'Send me a code' }).click()
  await other.getByLabel('Code').fill('0000-0000')
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/
  const message = await bot.control.waitForMessage(1001, ({ text }) => code.test(text ?? ''))
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  await other.getByText('The code is wrong').waitFor()
  await other.getByLabel('Code').fill(code.exec(message.text ?? '')?.[0].toLowerCase() ?? '')
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  await other.getByRole('heading', { level: 1, name: 'Status' }).waitFor()
  expect(new URL(other.url()).pathname).toBe('/status')
  await other.context().close()
})

it('tells on the first page that the scheduler is paused, and resumes it there', async () => {
  await apiOf(context, bot).pauseScheduler({ body: { reason: 'moving house' } })
  await page.goto(bot.dashboard)
  await page.getByRole('heading', { level: 1, name: '1 thing needs you' }).waitFor()
  await page.getByText('moving house').waitFor()
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByRole('heading', { level: 1, name: /^All good/ }).waitFor()
})

it('no page complains on the console or asks another host', () => {
  expect(complaints).toEqual([])
})
