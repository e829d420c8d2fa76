import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stage, setStage } from '../stage.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await setStage()
  page = stage.page
})
afterAll(() => stage?.close())

const keys = async (...pressed: string[]) => {
  for (const key of pressed) await page.keyboard.press(key)
}
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
const openPalette = async () => {
  await keys('Control+k')
  await page.locator('[role=combobox]:focus').waitFor()
}
/** Goes on by Tab until what is asked for has the focus. */
async function tabTo(selector: string): Promise<void> {
  for (let n = 0; n < 60; n += 1) {
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)) return
    await keys('Tab')
  }
  throw new Error(`Tab does not reach ${selector}`)
}

describe('by keys alone', () => {
  it('a job is filled in and saved', async () => {
    await stage.open('/jobs')
    await heading('Jobs')
    await page.getByRole('switch').first().waitFor()
    await keys('n')
    await heading('New Job')
    await tabTo('#action')
    await page.keyboard.type('report')
    await expect.poll(() => page.locator('[role=option]').count()).toBe(1)
    await page.getByRole('option', { name: /^\/report/ }).waitFor()
    await keys('ArrowDown', 'Enter')
    await tabTo('#users')
    await page.keyboard.type('Luis')
    // The list of before, which holds Luis too, gives way to what was found.
    await expect.poll(() => page.locator('[role=option]').count()).toBe(1)
    await page.getByRole('option', { name: /Luis/ }).waitFor()
    await keys('ArrowDown', 'Enter', 'Escape')
    await page.getByRole('button', { name: 'Remove Luis' }).waitFor()
    await tabTo('#per-user')
    await keys('Space')
    await tabTo('#cron')
    await page.keyboard.type('0 9 * * *')
    await tabTo('#name')
    await page.keyboard.type('By keys')
    await keys('Enter')
    await heading('By keys')
  })

  it('the palette opens a job, and a key runs it', async () => {
    await openPalette()
    await page.keyboard.type('By ke')
    await page.getByRole('option', { name: /By keys/, selected: true }).waitFor()
    await keys('Enter')
    await heading('By keys')
    await page.getByRole('heading', { level: 1 }).click()
    await openPalette()
    await page.keyboard.type('Run job')
    await page.getByRole('option', { name: /Run job/, selected: true }).waitFor()
    await keys('Enter')
    await page.keyboard.type('By ke')
    await page.getByRole('option', { name: /By keys/, selected: true }).waitFor()
    await keys('Enter')
    await page.getByRole('dialog', { name: 'Run job manually' }).waitFor()
    await tabTo('dialog .primary')
    await keys('Enter')
    await page.getByText('Sent to 1 person.').first().waitFor()
    expect(await stage.bot.control.messages(1002)).toHaveLength(1)
  })

  it('rows are gone through, and the question mark lists the keys', async () => {
    await keys('g', 'u')
    await heading('Users')
    await page.getByRole('link', { name: 'Ana' }).waitFor()
    await keys('j', 'x')
    await page.getByText('1 selected').first().waitFor()
    await keys('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Next row').waitFor()
    await keys('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })
})

it('no page complains on the console or asks another host', () => {
  expect(stage.complaints).toEqual([])
})
