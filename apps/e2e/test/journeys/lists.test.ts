import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPage } from '../browser.ts'
import { owner } from '../owner.ts'
import { type Stage, setStage, weatherJob } from '../stage.ts'

const hostile = '<img src=x onerror=alert(1)>‮ "quoted"'
let stage: Stage

beforeAll(async () => {
  stage = await setStage()
  const items = Array.from({ length: 60 }, (_, n) => ({ telegramId: 7000 + n, name: `Guest ${n + 10}` }))
  await stage.api.importUsers({ body: { items } })
})
afterAll(() => stage?.close())

const button = (name: string) => stage.page.getByRole('button', { name, exact: true })
/** An address opened in another browser, by somebody who signs in there. */
async function elsewhere(address: string): Promise<Page> {
  const viewport = { width: 1280, height: 900 }
  const { page } = await openPage(await stage.browser.newContext({ viewport }))
  await page.goto(address)
  await page.getByLabel('User name').fill(owner.username)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  return page
}

describe('a list', () => {
  const shown = ['Showing 51 to 60 of 60', 'Guest 19', 'Guest 10']

  it('keeps search, order and page when it is loaded again, and when somebody goes on and comes back', async () => {
    const { page } = stage
    await stage.open('/users?sort=name&order=desc')
    await page.getByLabel('Search users').fill('Guest')
    await page.getByText('Showing 1 to 50 of 60').waitFor()
    await button('Next').click()
    for (const text of shown) await page.getByText(text).first().waitFor()
    await page.reload()
    for (const text of shown) await page.getByText(text).first().waitFor()
    await page.getByRole('link', { name: 'Guest 12' }).click()
    await page.getByRole('heading', { level: 1, name: 'Guest 12' }).waitFor()
    await page.goBack()
    for (const text of shown) await page.getByText(text).first().waitFor()
    expect(await page.getByLabel('Search users').inputValue()).toBe('Guest')
  })

  it('looks the same in the browser of somebody to whom its address was sent', async () => {
    const page = await elsewhere(stage.page.url())
    for (const text of shown) await page.getByText(text).first().waitFor()
    await page.context().close()
  })

  it('opens what was open over it when it is loaded again, when somebody comes back, and where its address was sent', async () => {
    const { api, page } = stage
    const { id } = await weatherJob(stage, { name: 'For details' })
    const { runId } = await api.runJob({ params: { id }, body: {} })
    await expect.poll(async () => (await api.getRun({ params: { id: runId } })).state).toBe('completed')
    const details = (where: Page) => where.getByRole('dialog', { name: 'Delivery to Mei' }).waitFor()
    await stage.open(`/runs/${runId}?state=sent`)
    await button('Details of the delivery to Mei').click()
    await details(page)
    await page.reload()
    await details(page)
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.goForward()
    await details(page)
    const other = await elsewhere(page.url())
    await details(other)
    await other.context().close()
  })

  it('disables the jobs that a filter finds, and Undo takes it back', async () => {
    const { api, page } = stage
    for (const name of ['First', 'Second']) await weatherJob(stage, { name, enabled: true })
    await stage.open('/jobs?enabled=true')
    await page.getByRole('link', { name: 'Second' }).waitFor()
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await button('Disable').click()
    await page.getByText('2 jobs changed.').waitFor()
    const enabled = async () => (await api.listJobs({ query: { enabled: true } })).total
    expect(await enabled()).toBe(0)
    await button('Undo').click()
    await expect.poll(enabled).toBe(2)
  })
})

it('names like a script or a change of direction are text wherever they stand', async () => {
  const { api, page } = stage
  const user = await api.createUser({ body: { telegramId: 6666, name: hostile } })
  const role = await api.createRole({ body: { name: hostile, userIds: [user.id] } })
  const args = { name: '<b>x</b><script>alert(1)</script>', city: 'Paris' }
  const job = await weatherJob(stage, { name: hostile, roleIds: [role.id], args })
  const { runId } = await api.runJob({ params: { id: job.id }, body: { dryRun: true } })
  await expect.poll(async () => (await api.getRun({ params: { id: runId } })).state).toBe('completed')
  const paths = [
    '/jobs',
    `/jobs/${job.id}`,
    '/runs',
    `/runs/${runId}`,
    '/users',
    `/users/${user.id}`,
    '/roles',
  ]
  for (const path of [...paths, `/roles/${role.id}`, '/audit', '/schedule?view=list']) {
    await stage.open(path)
    if (!path.startsWith('/schedule'))
      await page.getByText('<img src=x').first().waitFor({ state: 'attached' })
    expect(await page.locator('img[src=x]').count(), path).toBe(0)
  }
  await stage.open(`/runs/${runId}`)
  await page.getByRole('cell').getByText('<script>alert(1)</script>').first().waitFor()
})

it('the week of the schedule begins at today on a phone, and shows the days before on demand', async () => {
  const { page } = stage
  const [wide, phone] = [page.viewportSize() ?? { width: 1280, height: 900 }, { width: 360, height: 740 }]
  const days = page.locator('tbody tr:visible')
  const before = page.getByRole('button', { name: /before today$/ })
  await stage.open('/schedule')
  await page.locator('td.now').waitFor()
  expect(await days.count()).toBe(7)
  await page.setViewportSize(phone)
  await days.first().locator('td.now').waitFor()
  // On a Monday there is none before.
  const left = 7 - (await days.count())
  expect(await before.allTextContents()).toEqual(
    left === 0 ? [] : [expect.stringMatching(new RegExp(`^${left} days? before today`))],
  )
  for (const button of await before.all()) await button.click()
  expect(await days.count()).toBe(7)
  await page.setViewportSize(wide)
})

it('no page complains on the console or asks another host', () => {
  expect(stage.complaints).toEqual([])
})
