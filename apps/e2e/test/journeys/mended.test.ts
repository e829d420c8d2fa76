import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPage } from '../browser.ts'
import { owner } from '../owner.ts'
import { colleague, pickAction, type Stage, setStage, weatherJob } from '../stage.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await setStage({ KAMIHI_TIMEZONE: 'Europe/Madrid' })
  page = stage.page
})
afterAll(() => stage?.close())

const keys = async (...pressed: string[]) => {
  for (const key of pressed) await page.keyboard.press(key)
}
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const runDialog = () => page.getByRole('dialog', { name: 'Run job manually' })
const save = () => page.getByRole('button', { name: 'Save' }).click()

/** A script that pastes a text where the cursor stands. */
const pasting = (text: string) => `{
  const clipboardData = new DataTransfer()
  clipboardData.setData('text', '${text}')
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}`

describe('a time zone', () => {
  it('that is unknown is told beside the field and in the preview, without an exception', async () => {
    await stage.open('/jobs/new')
    await page.getByLabel('Cron expression').fill('0 9 * * *')
    await page.getByText('More options').click()
    const zone = page.getByLabel('Time zone')
    await zone.pressSequentially('Mars/Base')
    await keys('Tab')
    await page.getByText(/^Unknown time zone: "Mars\/Base"/).waitFor()
    const preview = page.getByRole('complementary', { name: 'Preview' })
    await preview.getByText(/“Mars\/Base” is unknown/).waitFor()
    expect(await preview.getByRole('row').count()).toBe(0)
    await zone.fill('Asia/Tokyo')
    await preview.getByText('(Asia/Tokyo)').waitFor()
    expect(stage.complaints).toEqual([])
  })
})

describe('the keys that are listed', () => {
  it('run and edit the job whose page is open', async () => {
    const { id } = await weatherJob(stage)
    await stage.open(`/jobs/${id}`)
    await heading('Weather').waitFor()
    await keys('r')
    await runDialog().waitFor()
    await keys('Escape')
    await runDialog().waitFor({ state: 'hidden' })
    await keys('e')
    await heading('Edit job').waitFor()
  })

  it('act on the row that has the focus, and on none where none has', async () => {
    await stage.open('/jobs?q=Weather')
    await page.getByRole('link', { name: 'Weather', exact: true }).waitFor()
    await keys('r')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await keys('j', 'r')
    await runDialog()
      .getByText(/Weather/)
      .waitFor()
    await keys('Escape')
    await runDialog().waitFor({ state: 'hidden' })
    await stage.open('/roles')
    await page.getByRole('link', { name: 'Team' }).waitFor()
    await keys('j', 'e')
    await heading('Team').waitFor()
  })
})

describe('what is typed into a picker and not chosen', () => {
  it('is not lost silently: the form is not saved and says so', async () => {
    await stage.open('/jobs/new')
    await pickAction(page, 'report')
    await page.getByLabel('Cron expression').fill('0 9 * * *')
    await page.getByLabel('Roles').fill('Managers')
    await keys('Escape')
    await save()
    await page.getByText('“Managers” is not chosen: pick it from the list or clear the field.').waitFor()
    expect(new URL(page.url()).pathname).toBe('/jobs/new')
    await page.getByLabel('Roles').fill('')
    await page.getByText('Nobody is in its audience').waitFor()
    await page.getByLabel('Name', { exact: true }).fill('For nobody')
    await save()
    await heading('For nobody').waitFor()
    await page.getByText('Nobody is in its audience').waitFor()
  })

  it('does not pass for a choice where an account is linked to somebody', async () => {
    await stage.open('/settings/team')
    await page.getByRole('button', { name: 'Actions for ana' }).click()
    await page.getByRole('menuitem', { name: 'Link to a user' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox').fill('Nobody at all')
    await keys('Tab')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('“Nobody at all” is not chosen').waitFor()
    expect((await stage.api.listAccounts()).items.map((account) => account.telegramUserId)).toEqual([null])
    await dialog.getByRole('button', { name: 'Cancel', exact: true }).click()
  })
})

describe('numbers of Telegram that are pasted into a picker', () => {
  it('are not called unknown when the server could not look them up', async () => {
    // With a page of its own: the browser complains of every answer that fails.
    const { page: failing } = await openPage(stage.context)
    await failing.goto(`${stage.bot.dashboard}/roles/new`)
    await failing.getByLabel('Users', { exact: true }).focus()
    const problem = { status: 429, code: 'too_many_requests', title: 'Too many requests.' }
    await failing.route('**/api/v1/users?q=1002*', (route) => route.fulfill({ status: 429, json: problem }))
    await failing.evaluate(pasting('1001 1002 1003'))
    await failing.getByText(/^1 was added\. Not looked up: 1002, 1003\./).waitFor()
    await failing.close()
  })
})

describe('a day or a time that narrows a list', () => {
  it('is one of the zone in which the list shows its times', async () => {
    const { id } = await weatherJob(stage, { timezone: 'Asia/Kathmandu' })
    const { page: own } = await openPage(stage.context)
    await own.addInitScript("localStorage.setItem('kamihi.zone', 'bot')")
    const asked = own.waitForRequest(/api\/v1\/runs\?/)
    await own.goto(`${stage.bot.dashboard}/runs?from=2026-11-26&to=2026-11-26`)
    const narrowed = new URL((await asked).url()).searchParams
    expect([narrowed.get('from'), narrowed.get('to')]).toEqual([
      '2026-11-25T23:00:00.000Z',
      '2026-11-26T22:59:59.999Z',
    ])

    await own.goto(`${stage.bot.dashboard}/jobs/${id}?tab=schedule`)
    const from = own.locator('input[type=datetime-local]').first()
    await from.fill('2026-11-26T09:30')
    await from.press('Tab')
    await own.waitForURL(/from=2026-11-26T03(:|%3A)45/)
    expect(await from.inputValue()).toBe('2026-11-26T09:30')
    await own.close()
  })
})

describe('what is typed into the search of a list', () => {
  it('does not follow to the page to which somebody goes on at once', async () => {
    const { page: own } = await openPage(stage.context)
    await own.clock.install()
    await own.goto(`${stage.bot.dashboard}/users`)
    await own.getByRole('row', { name: /Ana/ }).waitFor()
    await own.clock.pauseAt(await own.evaluate<number>('Date.now() + 1000'))
    await own.getByRole('searchbox').fill('Ana')
    await own.getByRole('link', { name: 'Roles', exact: true }).click()
    await own.getByRole('heading', { level: 1, name: 'Roles', exact: true }).waitFor()
    await own.clock.runFor(1_000)
    expect(new URL(own.url()).search).toBe('')
    await own.close()
  })
})

describe('a session that ended', () => {
  it('leaves nothing of what was typed to another account that signs in over it', async () => {
    const context = await colleague(stage, 'luis', 'operator')
    const { page: shared } = await openPage(context)
    await shared.goto(`${stage.bot.dashboard}/jobs/new`)
    const name = shared.getByLabel('Name', { exact: true })
    await name.fill('Only for luis')
    await context.clearCookies()
    await shared.getByLabel('Cron expression').fill('0 8 * * *')
    const dialog = shared.getByRole('dialog', { name: 'Sign in again' })
    await dialog.getByLabel('User name').fill(owner.username)
    await dialog.getByLabel('Password', { exact: true }).fill(owner.password)
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await shared.getByRole('button', { name: `Account of ${owner.username}` }).waitFor()
    expect(await name.inputValue()).toBe('')
    expect(new URL(shared.url()).pathname).toBe('/jobs/new')
    await context.close()
  })
})

describe('a duplicate', () => {
  it('is disabled and called a copy', async () => {
    const { id } = await weatherJob(stage, { name: 'Original', enabled: true, cronExpression: '0 0 1 1 *' })
    await stage.open(`/jobs/new?copy=${id}`)
    await page.getByText(/^This is a copy/).waitFor()
    await save()
    await heading('Original (copy)').waitFor()
    const { items } = await stage.api.listJobs({ query: { q: 'Original (copy)' } })
    expect(items.map(({ enabled }) => enabled)).toEqual([false])
  })
})

describe('a paused scheduler', () => {
  it('is paused from the palette, told on Jobs, and resumed there', async () => {
    await stage.open('/jobs')
    await heading('Jobs').click()
    await keys('Control+k')
    await page.locator('[role=combobox]:focus').waitFor()
    await page.keyboard.type('Pause the')
    await page.getByRole('option', { name: 'Pause the scheduler', selected: true }).waitFor()
    await keys('Enter')
    const dialog = page.getByRole('dialog', { name: 'Pause the scheduler?' })
    await dialog.getByRole('textbox').fill('New printer')
    await dialog.getByRole('button', { name: 'Pause the scheduler' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await stage.open('/jobs')
    await page.getByText(/^Paused by .* New printer/).waitFor()
    await page.getByRole('button', { name: 'Resume the scheduler' }).click()
    await page.getByText(/^Paused by/).waitFor({ state: 'hidden' })
    expect((await stage.api.getScheduler()).paused).toBeNull()
  })
})

it('no page complains on the console or asks another host', () => {
  expect(stage.complaints).toEqual([])
})
