import type { BrowserContext, Cookie, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { obstacles, settled } from './axe.ts'
import { type RunningBot, startExampleBot } from './bot.ts'
import { openBrowser, openPage, type Watched } from './browser.ts'
import { apiOf, signIn } from './owner.ts'
import { colleague } from './stage.ts'

let bot: RunningBot
let context: BrowserContext
let owners: Cookie[]
/** In which pages are looked at at the same time: a new window costs more than a page, and a tab that is behind is hardly drawn. */
let windows: readonly [Page, Page]
/** Where what is over a page is looked at. */
let page: Page
/** Everything that was opened, for what went wrong in it. */
const opened: Watched[] = []
let ids: { job: string; run: string; user: string; role: string; permission: string }

beforeAll(async () => {
  bot = await startExampleBot()
  context = await (await openBrowser()).newContext()
  ids = await prepare()
  owners = await context.cookies()
  windows = [await openWindow(), await openWindow()]
  page = windows[0]
})
afterAll(async () => {
  for (const { page } of opened) await page.context().close()
  await context?.close()
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

async function openWindow(): Promise<Page> {
  const browser = await openBrowser()
  const watched = await openPage(await browser.newContext({ reducedMotion: 'reduce' }))
  opened.push(watched)
  return watched.page
}
/** Opens a page as the one sees it to whom these cookies belong. */
async function open(path: string, on = page, as = owners): Promise<void> {
  await on.context().clearCookies()
  await on.context().addCookies(as)
  await on.goto(path.startsWith('http') ? path : bot.dashboard + path)
  await settled(on)
}
/** Looks at pages, and tells of all at the end. */
async function expectUsable(
  paths: string[],
  { as = owners, by = windows }: { as?: Cookie[]; by?: readonly Page[] } = {},
): Promise<void> {
  const left = [...paths]
  const found: string[] = []
  const work = async (window: Page): Promise<void> => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) {
      await open(path, window, as)
      for (const line of await obstacles(window)) found.push(`${path} ${line}`)
    }
  }
  await Promise.all(by.map(work))
  expect(found).toEqual([])
}
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click()
const dialog = () => page.getByRole('dialog').first().waitFor()

// In both themes, 1280 and 360 pixels wide: see axe.ts.
describe('everybody can use', { timeout: 240_000 }, () => {
  it('what is seen by who has not signed in, and the chat page', () =>
    expectUsable(['', '/setup#token=x', '/setup#invite=x', '/setup', bot.chatPage], { as: [] }))

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
    const spanish = await openWindow()
    await spanish.addInitScript("localStorage.setItem('kamihi.language', 'es')")
    const paths = ['/', '/jobs', '/jobs/new', `/runs/${ids.run}`, '/schedule', '/audit']
    await expectUsable(paths, { by: [spanish] })
  })

  describe('somebody who may only read', () => {
    let viewers: Cookie[]
    beforeAll(async () => {
      const browser = await openBrowser()
      const viewer = await colleague({ api: apiOf(context, bot), bot, browser }, 'vera', 'viewer')
      viewers = await viewer.cookies()
      await viewer.close()
    })

    it('the pages of jobs and runs', () =>
      expectUsable(
        [
          '/',
          '/jobs',
          '/jobs/new',
          `/jobs/${ids.job}`,
          `/jobs/${ids.job}/edit`,
          '/runs',
          `/runs/${ids.run}`,
          '/schedule',
        ],
        { as: viewers },
      ))

    it('the pages of people and of the bot', () =>
      expectUsable(
        [
          '/users',
          `/users/${ids.user}`,
          `/roles/${ids.role}`,
          '/permissions?view=matrix',
          '/actions',
          '/audit',
          '/settings',
          '/status',
          '/account',
        ],
        { as: viewers },
      ))
  })
})

it('no page complains on the console, breaks the policy or asks another host', () => {
  const complaints = opened.flatMap((watched) => watched.complaints)
  // A thing that is gone is asked for, and what a viewer may not see.
  expect(complaints.filter((text) => !/status of (403|404)/.test(text))).toEqual([])
})
