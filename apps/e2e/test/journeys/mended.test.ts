import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stage, setStage, weatherJob } from '../stage.ts'

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
    await page.getByLabel('Action', { exact: true }).selectOption('report')
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
