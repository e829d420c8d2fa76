import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { obstacles, settled } from './axe.ts'
import { type RunningBot, startExampleBot } from './bot.ts'
import { openBrowser, openPage } from './browser.ts'
import { apiOf, signIn } from './owner.ts'

let bot: RunningBot
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]
let ids: { job: string; run: string; user: string; role: string; permission: string }

beforeAll(async () => {
  bot = await startExampleBot()
  browser = await openBrowser()
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  ids = await prepare()
  ;({ page, complaints } = await openPage(context))
})
afterAll(async () => {
  await browser?.close()
  await bot?.kill('SIGTERM')
})

/** An owner, and a run with all kinds of outcomes. */
async function prepare() {
  await signIn(context, bot)
  const api = apiOf(context, bot)
  const first = async (list: Promise<{ items: { id: string }[] }>) => (await list).items[0]?.id ?? ''
  const job = await first(api.listJobs())
  await bot.control.block(1003)
  const { runId: run } = await api.runJob({ params: { id: job }, body: {} })
  const stateOf = async () => (await api.getRun({ params: { id: run } })).state
  await vi.waitUntil(async () => (await stateOf()) === 'partial', { timeout: 20_000 })
  await api.createToken({ body: { name: 'CI', role: 'viewer' } })
  return {
    job,
    run,
    user: await first(api.listUsers()),
    role: await first(api.listRoles()),
    permission: await first(api.listPermissions()),
  }
}

async function open(path: string): Promise<void> {
  await page.goto(path.startsWith('http') ? path : bot.dashboard + path)
  await settled(page)
}
async function expectUsable(paths: string[]): Promise<void> {
  for (const path of paths) {
    await open(path)
    expect(await obstacles(page), path).toEqual([])
  }
}
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click()
const dialog = () => page.getByRole('dialog').first().waitFor()

// In both themes, 1280 and 360 pixels wide: see axe.ts.
describe('everybody can use', { timeout: 240_000 }, () => {
  it('what is seen by who has not signed in, and the chat page', async () => {
    const own = page
    const stranger = await browser.newContext()
    ;({ page } = await openPage(stranger))
    await expectUsable(['', '/setup#token=x', '/setup#invite=x', '/setup', bot.chatPage])
    await stranger.close()
    page = own
  })

  it('the pages of jobs and runs', () =>
    expectUsable([
      '/',
      '/jobs',
      '/jobs?q=nothing',
      '/jobs/new',
      `/jobs/${ids.job}`,
      ...['runs', 'audience', 'schedule', 'changes'].map((tab) => `/jobs/${ids.job}?tab=${tab}`),
      `/jobs/${ids.job}/edit`,
      '/runs',
      `/runs/${ids.run}`,
      `/runs/${ids.run}?tab=timeline`,
      `/runs/${ids.run}?tab=log`,
      '/schedule',
      '/schedule?view=list',
    ]))

  it('the pages of people and of actions', () =>
    expectUsable([
      '/users',
      '/users/new',
      `/users/${ids.user}`,
      '/roles',
      '/roles/new',
      `/roles/${ids.role}`,
      '/permissions',
      '/permissions/new',
      `/permissions/${ids.permission}`,
      '/permissions?view=matrix',
      '/permissions?view=matrix&rows=roles',
      '/actions',
      '/actions/weather',
    ]))

  it('the pages about the bot and the team', () =>
    expectUsable([
      '/audit',
      '/settings',
      '/settings/team',
      '/settings/tokens',
      '/status',
      '/account',
      '/nowhere',
      '/jobs/nothing',
    ]))

  const over: [string, () => string, () => Promise<unknown>][] = [
    ['the palette', () => '/users', () => page.keyboard.press('Control+k')],
    ['the list of keys', () => '/users', () => page.keyboard.press('?')],
    [
      'the dialog that runs a job',
      () => `/jobs/${ids.job}?run=1`,
      () => page.getByLabel('Only chosen people').check(),
    ],
    [
      'a question before something is deleted',
      () => `/roles/${ids.role}`,
      async () => {
        await press(/^Actions for/)
        await page.getByRole('menuitem', { name: 'Delete' }).click()
      },
    ],
    ['what one person got', () => `/runs/${ids.run}`, () => press(/^Details of the delivery/)],
    ['what somebody changed', () => '/audit', () => page.getByRole('row').nth(1).getByRole('button').click()],
    [
      'what runs in an hour',
      () => '/schedule',
      () => page.getByRole('cell').getByRole('link').last().click(),
    ],
    ['the form of an invitation', () => '/settings/team', () => press('Invite somebody')],
    ['the form of a token', () => '/settings/tokens', () => press('New token')],
  ]
  it.each(over)('%s', async (_, path, act) => {
    await open(path())
    await act()
    await dialog()
    expect(await obstacles(page)).toEqual([])
  })

  it('the comparison with what somebody else saved meanwhile', async () => {
    const api = apiOf(context, bot)
    const params = { id: ids.role }
    await open(`/roles/${ids.role}`)
    await page.getByLabel('Name', { exact: true }).fill('Mine')
    await api.updateRole({
      params,
      body: { version: (await api.getRole({ params })).version, name: 'Theirs' },
    })
    await press('Save')
    await page.getByLabel('Keep mine').waitFor()
    expect(await obstacles(page)).toEqual([])
  })

  it('pages in Spanish', async () => {
    await page.evaluate("localStorage.setItem('kamihi.language', 'es')")
    await expectUsable(['/', '/jobs', '/jobs/new', `/runs/${ids.run}`, '/schedule', '/audit'])
    await page.evaluate("localStorage.removeItem('kamihi.language')")
  })
})

it('no page complains on the console, breaks the policy or asks another host', () => {
  expect(complaints.filter((text) => !/status of 404/.test(text))).toEqual([])
})
