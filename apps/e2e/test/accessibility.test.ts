import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningBot, startExampleBot } from './bot.ts'
import { openBrowser, openPage } from './browser.ts'
import { apiOf, signIn } from './owner.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let bot: RunningBot
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]
let jobId: string
let runId: string
let userId: string
let roleId: string

beforeAll(async () => {
  bot = await startExampleBot()
  browser = await openBrowser()
  context = await browser.newContext()
  const opened = await openPage(context)
  page = opened.page
  complaints = opened.complaints
})
afterAll(async () => {
  await browser?.close()
  await bot?.kill('SIGTERM')
})

/** What axe finds, as lines that tell where and why. */
async function violations(): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? ''))))`,
  )
}

async function look(path: string, theme: string, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 800 })
  await page.goto(path)
  await page.evaluate(`localStorage.setItem('kamihi.theme', '${theme}')`)
  await page.reload()
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  const scrolls = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
  const found = await violations()
  return scrolls ? [...found, 'the page scrolls sideways'] : found
}

const looks: [string, number][] = [
  ['light', 1280],
  ['dark', 360],
]

describe.each(looks)('in the %s theme, %i px wide,', (theme, width) => {
  it('the pages before the sign-in and the chat page can be used by everybody', async () => {
    const stranger = await browser.newContext()
    const { page: strangers } = await openPage(stranger)
    const own = page
    page = strangers
    for (const path of [bot.dashboard, `${bot.dashboard}/setup#token=x`, bot.chatPage])
      expect(await look(path, theme, width), path).toEqual([])
    page = own
    await stranger.close()
  })

  it('every page of the dashboard can be used by everybody', { timeout: 240_000 }, async () => {
    if (!jobId) await prepare()
    const paths = [
      '/',
      '/jobs',
      '/jobs/new',
      `/jobs/${jobId}`,
      `/jobs/${jobId}/edit`,
      '/runs',
      `/runs/${runId}`,
      '/users',
      '/users/new',
      `/users/${userId}`,
      '/roles',
      '/roles/new',
      `/roles/${roleId}`,
      '/permissions',
      '/permissions/new',
      '/permissions?view=matrix',
      '/actions',
      '/actions/weather',
      '/schedule',
      '/schedule?view=list',
      '/audit',
      '/settings',
      '/settings/team',
      '/settings/tokens',
      '/status',
      '/account',
      '/nowhere',
    ]
    for (const path of paths) expect(await look(`${bot.dashboard}${path}`, theme, width), path).toEqual([])
  })

  it('the dialog that runs a job can be used by everybody', async () => {
    await look(`${bot.dashboard}/jobs/${jobId}`, theme, width)
    await page.getByRole('button', { name: 'Run job manually' }).click()
    await page.getByLabel('Only chosen people').check()
    expect(await violations()).toEqual([])
  })
})

describe.each(looks)('over the pages, in the %s theme, %i px wide,', (theme, width) => {
  it.each([
    ['the palette', 'Control+k', 'combobox'],
    ['the list of keys', '?', 'dialog'],
  ] as const)('%s can be used by everybody', async (_, key, role) => {
    await look(`${bot.dashboard}/users`, theme, width)
    await page.keyboard.press(key)
    await page.getByRole(role).first().waitFor()
    expect(await violations()).toEqual([])
  })
})

it('no page complains on the console or asks another host', () => {
  expect(complaints).toEqual([])
})

/** An owner, and a run with all kinds of outcomes. */
async function prepare(): Promise<void> {
  await signIn(context, bot)
  const api = apiOf(context, bot)
  const [job] = (await api.listJobs()).items
  jobId = job?.id ?? ''
  userId = (await api.listUsers()).items[0]?.id ?? ''
  roleId = (await api.listRoles()).items[0]?.id ?? ''
  await bot.control.block(1003)
  const run = await api.runJob({ params: { id: jobId }, body: {} })
  runId = run.runId
  await expect.poll(async () => (await api.getRun({ params: { id: runId } })).state).toBe('partial')
}
