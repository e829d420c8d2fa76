import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pickAction, type Stage, setStage, weatherJob } from '../stage.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await setStage()
  page = stage.page
})
afterAll(() => stage?.close())

const button = (name: string | RegExp) => page.getByRole('button', { name })
const preview = () => page.getByRole('complementary', { name: 'Preview' })
const verdict = (words: string) =>
  page.getByRole('region', { name: 'How it goes' }).getByText(words).first().waitFor()
const messagesOf = async (id: number) => (await stage.bot.control.messages(id)).length

describe('a job whose args are missing', () => {
  it('is warned of before it is saved, and from then on in the list and on its page', async () => {
    await stage.open('/jobs/new')
    await pickAction(page, 'weather')
    await page.getByLabel('Name', { exact: true }).fill('Lacking')
    await page.getByLabel('Cron expression').fill('0 9 * * *')
    await page.getByLabel('What is your name?').fill('Jane')
    const missing = /.city. is not given and will be null/
    await page.getByText(missing).first().waitFor()
    await button('Save').click()
    await page.getByRole('heading', { level: 1, name: 'Lacking' }).waitFor()
    await page.getByText(missing).first().waitFor()
    await page.reload()
    await page.getByText(missing).first().waitFor()
    await stage.open('/jobs')
    await page.getByRole('row').filter({ hasText: 'Lacking' }).getByText('2 warnings').waitFor()
  })
})

describe('somebody who gets a role', () => {
  const zoe = 2001
  const commands = async () => (await stage.bot.control.commandsFor(zoe)).map(({ command }) => command)

  it('is in the preview of its jobs, gets their next run, and finds its commands in the menu', async () => {
    const { api } = stage
    const { id } = await weatherJob(stage, { name: 'For the team' })
    await api.createUser({ body: { telegramId: zoe, name: 'Zoe' } })
    await expect.poll(async () => (await stage.bot.control.users()).map((user) => user.id)).toContain(zoe)
    await stage.open(`/jobs/${id}/edit`)
    await preview().getByText('2 people').waitFor()
    expect(await preview().getByText('Zoe').count()).toBe(0)
    expect(await commands()).not.toContain('weather')

    await stage.open('/roles')
    await page.getByRole('link', { name: 'Team' }).click()
    await page.getByLabel('Users', { exact: true }).fill('Zoe')
    await page.getByRole('option', { name: /Zoe/ }).click()
    await page.keyboard.press('Escape')
    await button('Save').click()
    await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor()

    await stage.open(`/jobs/${id}/edit`)
    await preview().getByText('3 people').waitFor()
    await preview().getByText(/Zoe/).waitFor()
    await stage.open(`/jobs/${id}`)
    await button('Run job manually').click()
    await button('Send to 3 people').click()
    await verdict('Sent to 3 people.')
    expect(await messagesOf(zoe)).toBe(1)
    await expect.poll(commands).toContain('weather')
  })
})

describe('a retry of a run that not all got', () => {
  it('sends to those who did not get it, and to nobody twice', async () => {
    const { api, bot } = stage
    const guests = [6001, 6002, 6003]
    const items = guests.map((telegramId) => ({ telegramId, name: `Guest ${telegramId}` }))
    await api.importUsers({ body: { items } })
    const found = (await api.listUsers({ query: { q: 'Guest' } })).items
    await expect
      .poll(async () => (await bot.control.users()).map((user) => user.id))
      .toEqual(expect.arrayContaining(guests))
    const userIds = found.map((user) => user.id)
    const { id } = await weatherJob(stage, { name: 'For guests', roleIds: [], userIds })
    await bot.control.block(6002)
    await stage.open(`/jobs/${id}`)
    await button('Run job manually').click()
    await button('Send to 3 people').click()
    await verdict('1 of 3 people did not get it; 2 did.')
    await bot.control.unblock(6002)
    await button('Retry failed only (1)').click()
    await page.getByText('to nobody else').waitFor()
    await button('Send to 1 person').click()
    await verdict('Sent to 1 person.')
    expect(await Promise.all(guests.map(messagesOf))).toEqual([1, 1, 1])
    await page.getByRole('link', { name: 'Guest 6002', exact: true }).waitFor()
    expect(await page.getByRole('link', { name: /^Guest/ }).count()).toBe(1)
    await page.goBack()
    await verdict('1 of 3 people did not get it; 2 did.')
    const spent = page.getByRole('button', { name: 'Retry failed only', exact: true, disabled: true })
    expect(await spent.getAttribute('title')).toMatch(/^Everybody who did not get it got it by a later run/)
  })
})

it('no page complains on the console or asks another host', () => {
  expect(stage.complaints).toEqual([])
})
