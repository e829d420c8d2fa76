import type { Page } from 'playwright-core'
import { settled } from '../../test/axe.ts'
import type { Stage } from '../../test/stage.ts'
import type { Cast } from './cast.ts'
import { take } from './gallery.ts'

/** What lies over a page: where it is opened, and how. */
interface Layer {
  at: string
  open(page: Page): Promise<unknown>
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
const key = (name: string) => (page: Page) => page.keyboard.press(name)

const layersOf = (cast: Cast): Record<string, Layer> => ({
  palette: { at: '/users', open: key('Control+k') },
  keys: { at: '/users', open: key('?') },
  'run-dialog': { at: `/jobs/${cast.job}?run=1`, open: async () => {} },
  'run-chosen': {
    at: `/jobs/${cast.job}?run=1`,
    open: (page) => page.getByLabel('Only chosen people').check(),
  },
  'delete-role': {
    at: `/roles/${cast.role}`,
    async open(page) {
      await press(/^Actions for/)(page)
      await page.getByRole('menuitem', { name: 'Delete' }).click()
    },
  },
  delivery: { at: `/runs/${cast.run}`, open: press(/^Details of the delivery/) },
  change: { at: '/audit', open: (page) => page.getByRole('row').nth(1).getByRole('button').click() },
  hour: { at: '/schedule', open: (page) => page.getByRole('cell').getByRole('link').last().click() },
  invite: { at: '/settings/team', open: press('Invite somebody') },
  token: { at: '/settings/tokens', open: press('New token') },
  'session-ended': {
    at: '/users/new',
    async open(page) {
      await page.context().clearCookies()
      await page.getByLabel('Telegram ID').fill('4711')
      await press('Save')(page)
    },
  },
})

/** Dialogs and whatever else is opened over a page. */
export async function pictureOver({ context, bot }: Stage, cast: Cast): Promise<void> {
  const page = await context.newPage()
  const cookies = await context.cookies()
  for (const [name, layer] of Object.entries(layersOf(cast))) {
    await page.goto(bot.dashboard + layer.at)
    await settled(page)
    await layer.open(page)
    await page.getByRole('dialog').first().waitFor()
    await take(page, 'over', name)
  }
  await context.addCookies(cookies)
  await page.close()
}
