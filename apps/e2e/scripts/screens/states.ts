import type { BrowserContext, Page, Route } from 'playwright-core'
import { settled } from '../../test/axe.ts'
import type { Stage } from '../../test/stage.ts'
import { take } from './gallery.ts'
import type { Places } from './places.ts'

// Without these there is no frame around the pages.
const frame = /\/api\/v1\/(session|events|health|settings\/instance)/

/** What each page shows, once it shows all. */
export async function picture(page: Page, { bot }: Stage, state: string, places: Places): Promise<void> {
  for (const [name, path] of Object.entries(places)) {
    // An address that differs in its fragment only would not be loaded.
    await page.goto('about:blank')
    await page.goto(bot.dashboard + path)
    await settled(page)
    await take(page, state, name)
  }
}

/** What each page shows while the answers to it are `answer`ed otherwise than by the bot. */
export async function pictureAnswered(
  context: BrowserContext,
  { bot }: Stage,
  { state, places, answer }: { state: string; places: Places; answer: (route: Route) => unknown },
): Promise<void> {
  const page = await context.newPage()
  await page.route(/\/api\/v1\//, (route) =>
    frame.test(route.request().url()) ? route.continue() : answer(route),
  )
  for (const [name, path] of Object.entries(places)) {
    await page.goto(bot.dashboard + path)
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
    // Nothing tells that nothing more will come.
    await page.waitForTimeout(400)
    await take(page, state, name)
  }
  await page.close()
}

/** The answer of a server that has failed. */
export const fails = (route: Route) =>
  route.fulfill({
    status: 500,
    contentType: 'application/problem+json',
    body: JSON.stringify({
      type: 'about:blank',
      title: 'Something went wrong on the server',
      status: 500,
      code: 'internal',
      detail: 'The database is locked by another process. Try again, or look at the log of the bot.',
      requestId: '0199a1b2-0000-7000-8000-000000000000',
    }),
  })

/** Goes to a page without loading the frame anew. */
async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  )
}

/** What each page shows when the bot has not been heard of for a while. */
export async function pictureStale(context: BrowserContext, { bot }: Stage, places: Places): Promise<void> {
  const page = await context.newPage()
  await page.route(/\/api\/v1\/events/, (route) => route.abort())
  await page.goto(bot.dashboard)
  await settled(page)
  await page.route(/\/api\/v1\/session/, (route) => route.abort())
  await page.locator('.banner.danger').waitFor()
  for (const [name, path] of Object.entries(places)) {
    await goWithin(page, path)
    await settled(page)
    await take(page, 'stale', name)
  }
  await page.close()
}
