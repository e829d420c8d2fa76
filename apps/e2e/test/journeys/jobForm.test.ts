import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { owner } from '../owner.ts'
import { pickAction, type Stage, setStage } from '../stage.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  const env = { KAMIHI_TIMEZONE: 'Europe/Madrid', KAMIHI_JOBS__STRICT_ARGS: 'true' }
  stage = await setStage(env, { timezoneId: 'America/New_York' })
  page = stage.page
})
afterAll(() => stage?.close())

const cron = () => page.getByLabel('Cron expression')
const preview = () => page.getByRole('complementary', { name: 'Preview' })
const save = () => page.getByRole('button', { name: 'Save' }).click()
async function beginJob(): Promise<void> {
  await stage.open('/jobs/new')
  await pickAction(page, 'weather')
  await page.getByLabel('Name', { exact: true }).fill('Forecast')
}
const valid = '{"name": "John Doe", "city": "Paris"}'
async function fillArgs(json: string): Promise<void> {
  await page.getByRole('button', { name: 'JSON', exact: true }).click()
  await page.getByLabel('Args as JSON').fill(json)
}

describe('the form of a job', () => {
  it('says why an expression is invalid, keeps the rest, and saves once it is corrected', async () => {
    await beginJob()
    await fillArgs(valid)
    await cron().fill('0 25 * * *')
    await page.getByText(/^Invalid cron expression\..*hour/i).waitFor()
    await save()
    await page
      .getByText(/^Invalid cron expression\./)
      .first()
      .waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Forecast')
    expect(JSON.parse(await page.getByLabel('Args as JSON').inputValue())).toEqual(JSON.parse(valid))
    await cron().fill('0 21 * * *')
    await save()
    await page.getByRole('heading', { level: 1, name: 'Forecast' }).waitFor()
  })

  it('notes where the clock changes, in the zone of the job and in that of the reader', async () => {
    await beginJob()
    await fillArgs(valid)
    await cron().fill('30 2 27-29 3 *')
    const row = (text: RegExp) => preview().getByRole('row').filter({ hasText: text })
    await preview()
      .getByText(/02:30 does not exist on this day, runs at 03:00/)
      .first()
      .waitFor()
    await row(/Sat,? 27 Mar( 2027)?, 02:30 CET/)
      .getByText(/Fri,? 26 Mar( 2027)?, 21:30/)
      .waitFor()
    await row(/Sun,? 28 Mar( 2027)?, 03:00 CEST/)
      .getByText(/Sat,? 27 Mar( 2027)?, 21:00/)
      .waitFor()
    await row(/Mon,? 29 Mar( 2027)?, 02:30 CEST/)
      .getByText(/Sun,? 28 Mar( 2027)?, 20:30/)
      .waitFor()
  })

  it('shows only what runs between a start and an end, on the clock of the job', async () => {
    await beginJob()
    await fillArgs(valid)
    await cron().fill('0 9 * * *')
    await page.getByText('More options').click()
    await page.getByLabel('Starts at').fill('2099-03-01T09:00')
    await page.getByLabel('Ends at').fill('2099-03-02T08:59')
    await expect.poll(() => preview().getByRole('row').count()).toBe(2)
    await preview()
      .getByRole('row')
      .filter({ hasText: /1 Mar 2099, 09:00 CET/ })
      .waitFor()
    await page.getByLabel('Ends at').fill('2099-02-01T09:00')
    await save()
    await page
      .getByRole('alert')
      .getByText('The job would never run between its start and its end.')
      .waitFor()
    await page.getByLabel('Starts at').fill('')
    await page.getByLabel('Ends at').fill('2020-02-01T09:00')
    await preview().getByText('It has come to its end').waitFor()
  })

  it('keeps an argument that it does not show, when it goes from JSON to fields and back', async () => {
    await beginJob()
    await fillArgs('{"name": "John Doe", "extra": {"deep": [1]}}')
    await page.getByRole('button', { name: 'Form', exact: true }).click()
    await page.getByText('extra', { exact: true }).waitFor()
    await page.getByLabel('What is your name?').fill('Jane')
    await page.getByRole('button', { name: 'JSON', exact: true }).click()
    const args = JSON.parse(await page.getByLabel('Args as JSON').inputValue())
    expect(args).toEqual({ name: 'Jane', extra: { deep: [1] } })
  })

  it('refuses args that do not fit where the bot is strict, and says which', async () => {
    await beginJob()
    await cron().fill('0 9 * * *')
    await page.getByLabel('What is your name?').fill('Jane')
    await save()
    await page
      .getByRole('alert')
      .getByText(/.city. is not given/)
      .first()
      .waitFor()
    expect(new URL(page.url()).pathname).toBe('/jobs/new')
    expect((await stage.api.listJobs({ query: { q: 'Forecast' } })).total).toBe(1)
  })

  it('is saved after signing in over it, when the session ended while it was filled in', async () => {
    await beginJob()
    await fillArgs(valid)
    await cron().fill('0 8 * * *')
    await page.getByLabel('Name', { exact: true }).fill('Kept')
    await preview().getByText('At 08:00').waitFor()
    await page.context().clearCookies()
    await save()
    const dialog = page.getByRole('dialog', { name: 'Sign in again' })
    await dialog.getByLabel('User name').fill(owner.username)
    await dialog.getByLabel('Password', { exact: true }).fill(owner.password)
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await save()
    await page.getByRole('heading', { level: 1, name: 'Kept' }).waitFor()
  })
})

it('no page complains on the console or asks another host', () => {
  expect(stage.complaints).toEqual([])
})
