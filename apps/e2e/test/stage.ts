import type { Client } from '@kamihi/contracts/client'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { type RunningBot, scheduleDemo, startExampleBot } from './bot.ts'
import { openBrowser, openPage } from './browser.ts'
import { apiOf, signIn } from './owner.ts'

/** A bot with its dashboard open before an owner who is signed in. */
export interface Stage {
  bot: RunningBot
  browser: Browser
  context: BrowserContext
  page: Page
  complaints: string[]
  api: Client
  /** Shows a page of the dashboard. */
  open(path: string): Promise<void>
  close(): Promise<void>
}

/** Sets a stage; the job of the demo that fires each minute stands still, so that only what a test does happens. */
export async function setStage(
  env: Record<string, string> = {},
  options: BrowserContextOptions = {},
  alter?: (dir: string) => void,
): Promise<Stage> {
  const bot = await startExampleBot(env, (dir) => {
    // Until the job is disabled a minute may begin, and its messages would be among those that a test counts.
    scheduleDemo(dir, '0 0 1 1 *')
    alter?.(dir)
  })
  const browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  await signIn(context, bot)
  const api = apiOf(context, bot)
  for (const { id, version } of (await api.listJobs()).items)
    await api.updateJob({ params: { id }, body: { version, enabled: false } })
  const { page, complaints } = await openPage(context)
  return {
    bot,
    browser,
    context,
    page,
    complaints,
    api,
    async open(path) {
      await page.goto(bot.dashboard + path)
    },
    async close() {
      await context.close()
      await bot.kill('SIGTERM')
    },
  }
}

/** A job that tells the weather to the team of the demo, unless told otherwise. */
export async function weatherJob(
  { api }: Stage,
  given: Partial<Parameters<Client['createJob']>[0]['body']> = {},
) {
  const roleIds = (await api.listRoles()).items.map(({ id }) => id)
  return api.createJob({
    body: {
      name: 'Weather',
      action: 'weather',
      cronExpression: '0 9 * * 1-5',
      enabled: false,
      perUser: true,
      roleIds,
      args: { name: 'John Doe', city: 'Paris' },
      ...given,
    },
  })
}

/** Somebody else of the team, signed in with a browser of their own. */
export async function colleague(
  { api, bot, browser }: Pick<Stage, 'api' | 'bot' | 'browser'>,
  username: string,
  role: 'viewer' | 'operator',
): Promise<BrowserContext> {
  const password = 'a long enough password'
  const { link } = await api.createAccount({ body: { username, role } })
  const token = new URLSearchParams(new URL(link.url).hash.slice(1)).get('invite') ?? ''
  await api.acceptLink({ body: { token, password } })
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  await apiOf(context, bot).signIn({ body: { username, password } })
  return context
}

/** Picks an action in the form of a job. */
export async function pickAction(page: Page, name: string): Promise<void> {
  await page.getByLabel('Action', { exact: true }).fill(name)
  await page
    .getByRole('option', { name: `/${name}` })
    .first()
    .click()
}
