import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningBot, startExampleBot } from './bot.ts'
import { openBrowser, openPage } from './browser.ts'
import { apiOf, signIn } from './owner.ts'

let bot: RunningBot
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  bot = await startExampleBot()
  context = await (await openBrowser()).newContext({ viewport: { width: 1280, height: 800 } })
  await signIn(context, bot)
  const opened = await openPage(context)
  page = opened.page
  complaints = opened.complaints
})
afterAll(async () => {
  await context?.close()
  await bot?.kill('SIGTERM')
})

const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

describe('the frame around the pages', () => {
  it('leads bookmarks of earlier dashboards to where the page is now', async () => {
    await page.goto(`${bot.dashboard}/user/list`)
    await heading('Users')
    expect(new URL(page.url()).pathname).toBe('/users')
  })

  it('finds a person by a few letters in the palette, by keys alone', async () => {
    await page.keyboard.press('Control+k')
    // The palette is loaded when it is first asked for.
    await page.locator('dialog[open] input').waitFor()
    await page.keyboard.type('lui')
    await page.getByRole('option', { name: /Luis/, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await heading('Luis')
    await page.getByText('by role Team').first().waitFor()
  })

  it('goes to pages by single keys, but not while somebody types', async () => {
    await page.getByLabel('Name', { exact: true }).focus()
    await page.keyboard.type('go')
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toContain('go')
    await page.getByLabel('Name', { exact: true }).fill('Luis')
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await heading('Roles')
    await page.keyboard.press('n')
    await heading('New Role')
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('loads a list with at most 150 kB of script', async () => {
    const other = await context.newPage()
    const bytes: Promise<number>[] = []
    other.on('response', (response) => {
      if (new URL(response.url()).pathname.endsWith('.js'))
        bytes.push(response.body().then((body) => gzipSync(body).length))
    })
    await other.goto(`${bot.dashboard}/users`)
    await other.getByRole('link', { name: 'Luis' }).waitFor()
    const sizes = await Promise.all(bytes)
    expect(sizes.length).toBeGreaterThan(10)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000)
    await other.close()
  })

  it('narrows a list to what is typed into a filter at once, while what finds it is still on its way', async () => {
    await page.route('**/FilterFinder-*.js', async (route) => {
      await expect.poll(() => page.getByLabel('Role', { exact: true }).inputValue()).toBe('Te')
      await route.continue()
    })
    await page.goto(`${bot.dashboard}/users`)
    await page.getByLabel('Role', { exact: true }).focus()
    await page.keyboard.type('Te')
    await page.locator('[role=combobox]:focus').waitFor()
    await page.keyboard.type('am')
    await page.getByRole('option', { name: 'Team' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Showing 1 to 2').waitFor()
    expect(new URL(page.url()).searchParams.get('roleId')).toBeTruthy()
    // What is in that file, other pages may need too.
    await page.unroute('**/FilterFinder-*.js')
  })

  it('gives a role to everybody a filter finds, but for those who have it', async () => {
    const api = apiOf(context, bot)
    const role = await api.createRole({ body: { name: 'Everybody' } })
    await page.goto(`${bot.dashboard}/users?isAdmin=false`)
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await page.getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Add to role' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add 2 people to a role' })
    await dialog.getByLabel('Role').selectOption(role.id)
    await dialog.getByRole('button', { name: 'Add to role' }).click()
    await page.getByText('2 people added to Everybody.').waitFor()
    expect((await api.getRole({ params: { id: role.id } })).userCount).toBe(2)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await api.getRole({ params: { id: role.id } })).userCount).toBe(0)
  })

  it('tells who may use what, and why', async () => {
    await page.goto(`${bot.dashboard}/permissions?view=matrix`)
    await page.getByText('Luis may use /weather: by role Team').waitFor()
    await page.getByText('Ana may use /report: admin').waitFor()
    await page.getByText('Luis may not use /report').waitFor()
    await page.goto(`${bot.dashboard}/permissions?view=matrix&rows=roles`)
    await page.getByText('Team may use /weather: given to this role').waitFor()
  })

  it('shows the matrix whichever of its answers comes last', async () => {
    const others = ['/permissions', '/actions'].map((path) =>
      page.waitForResponse((response) => new URL(response.url()).pathname === `/api/v1${path}`),
    )
    await page.route('**/api/v1/users?*', async (route) => {
      await Promise.all(others)
      // The page has read an answer once a frame is drawn after it.
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      await route.continue()
    })
    await page.goto(`${bot.dashboard}/permissions?view=matrix`)
    await page.getByText('Luis may use /weather: by role Team').waitFor()
    await page.unroute('**/api/v1/users?*')
  })

  it('says what is wrong with a field once it is left, before anything is sent', async () => {
    const sent: string[] = []
    page.on('request', (request) => void (request.method() !== 'GET' && sent.push(request.url())))
    await page.goto(`${bot.dashboard}/users/new`)
    const id = page.getByLabel('Telegram id')
    await id.fill('seven')
    await page.getByText('has to be a whole number').waitFor({ state: 'hidden' })
    await page.getByLabel('Name', { exact: true }).focus()
    await page.getByText('has to be a whole number').waitFor()
    await id.fill('0')
    await page.getByText('has to be 1 or more').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => id.evaluate((field) => field.matches(':focus'))).toBe(true)
    expect(sent).toEqual([])
    await id.fill('70007')
    await page.getByText('has to be 1 or more').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Save' }).click()
    await heading('Users')
  })

  it('saves as new what was deleted while somebody edited it', async () => {
    const api = apiOf(context, bot)
    const role = await api.createRole({ body: { name: 'Short-lived' } })
    await page.goto(`${bot.dashboard}/roles/${role.id}`)
    await page.getByLabel('Name', { exact: true }).fill('Long-lived')
    await api.deleteRole({ params: { id: role.id } })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('This was deleted meanwhile').waitFor()
    await page.getByRole('button', { name: 'Save as new' }).click()
    await page.getByRole('link', { name: 'Long-lived' }).waitFor()
  })

  it('speaks Spanish when it is asked to, at once and from then on', async () => {
    await page.getByRole('button', { name: 'Account of ana' }).click()
    await page.getByRole('menuitemradio', { name: 'Español' }).click()
    await page.getByRole('menuitem', { name: 'Cerrar sesión' }).waitFor()
    await page.keyboard.press('Escape')
    await heading('Roles')
    await page.reload()
    await page.getByRole('link', { name: 'Nuevo rol' }).waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('es')
  })

  it('has seen no error on the console and no request to another host', () => {
    expect(complaints.filter((text) => !/status of 404/.test(text))).toEqual([])
  })
})
