import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stage, setStage, weatherJob } from '../stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  const items = ['=1+1', 'Guest 1', 'Guest 2'].map((name, n) => ({ telegramId: 7000 + n, name }))
  await stage.api.importUsers({ body: { items } })
})
afterAll(() => stage?.close())

const button = (name: string) => stage.page.getByRole('button', { name, exact: true })

describe('a list', () => {
  it('hides a column by key, and remembers it', async () => {
    const { page } = stage
    await stage.open('/users')
    const head = page.getByRole('columnheader', { name: 'Roles' })
    await head.waitFor()
    await button('Columns').focus()
    await page.keyboard.press('Enter')
    const offered = page.getByRole('menuitemcheckbox')
    await offered.first().waitFor()
    expect(await offered.filter({ hasText: /^Name$/ }).count()).toBe(0)
    await page.getByRole('menuitemcheckbox', { name: 'Roles' }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Escape')
    await head.waitFor({ state: 'hidden' })
    await page.reload()
    await page.getByRole('link', { name: 'Guest 1' }).waitFor()
    expect(await head.isVisible()).toBe(false)
    await button('1 column hidden').click()
    await page.getByRole('menuitem', { name: 'Show all columns' }).click()
    await head.waitFor()
  })

  it('is exported as it is narrowed, and the audit log tells of it', async () => {
    const { page } = stage
    await stage.open('/users?q=1')
    await page.getByRole('link', { name: 'Guest 1' }).waitFor()
    await button('Export').click()
    const saving = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'As CSV, for spreadsheets' }).click()
    const download = await saving
    expect(download.suggestedFilename()).toMatch(/^users-.*\.csv$/)
    const text = await readFile(await download.path(), 'utf8')
    expect(text).toContain(`"'=1+1"`)
    expect(text).not.toContain('Guest 2')
    await stage.open('/audit')
    await page.getByRole('row').getByText('exported users').first().waitFor()
  })
})

describe('the page of a job', () => {
  it('shows the month by day, and a day leads to its runs', async () => {
    const { page } = stage
    const job = await weatherJob(stage, { cronExpression: '0 9 * * *', enabled: true, perUser: true })
    await stage.open(`/jobs/${job.id}?tab=schedule`)
    const month = page.getByRole('table', { name: /^Runs by day/ })
    await page.getByRole('link', { name: 'Next month' }).click()
    await month
      .getByRole('link', { name: /1 run to come/ })
      .first()
      .waitFor()
    const days = month.getByRole('link', { name: /1 run to come/ })
    expect(await days.count()).toBeGreaterThanOrEqual(28)
    await days.first().focus()
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('A')
    await page.keyboard.press('Enter')
    await page.getByText('upcoming', { exact: true }).first().waitFor()
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  it('tells its warnings after it was saved, in the list too', async () => {
    const { page } = stage
    await weatherJob(stage, { name: 'Careless', args: { town: 'Paris' } })
    await stage.open('/jobs?q=Careless')
    await page.getByRole('button', { name: /warnings?$/ }).click()
    await page.getByText('“town”').or(page.getByText('"town"')).first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Careless' }).click()
    await page.getByText('"town"').or(page.getByText('“town”')).first().waitFor()
  })

  it('complains about nothing', () => expect(stage.complaints).toEqual([]))
})
