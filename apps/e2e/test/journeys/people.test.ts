import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stage, setStage, weatherJob } from '../stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  const items = Array.from({ length: 12 }, (_, n) => ({
    telegramId: 7000 + n,
    name: `Guest ${n + 10}`,
    profile: { town: `Town ${n + 10}` },
  }))
  await stage.api.importUsers({ body: { items } })
})
afterAll(() => stage?.close())

const button = (name: string) => stage.page.getByRole('button', { name, exact: true })
const guest = async (name: string) => {
  const [user] = (await stage.api.listUsers({ query: { q: name } })).items
  if (!user) throw new Error(`no ${name}`)
  return user
}

describe('the list of users', () => {
  it('tells beside its heading how many it finds, and of how many', async () => {
    const { page, api } = stage
    const { total } = await api.listUsers()
    await stage.open('/users')
    await page.getByText(`${total} in this list`).waitFor()
    await page.getByLabel('Search users').fill('Guest')
    await page.getByText(`12, filtered from ${total}`).waitFor()
    await page.getByRole('heading', { level: 1, name: 'Users', exact: true }).waitFor()
  })

  it('leads from the number of jobs that reach somebody to those jobs', async () => {
    const { page } = stage
    const { id } = await guest('Guest 10')
    await weatherJob(stage, { name: 'For guests', roleIds: [], userIds: [id] })
    await stage.open('/users?q=Guest')
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name: 'Guest 10', exact: true }) })
    await row.getByRole('link', { name: '1 job' }).click()
    await page.getByRole('link', { name: 'For guests' }).waitFor()
    await page.getByText('User: Guest 10').waitFor()
  })

  it('shows a field of the profiles when it is asked for, on a narrow screen, too', async () => {
    const { page } = stage
    const town = page.getByRole('cell', { name: 'Town 12' })
    await stage.open('/users?q=Guest')
    await page.getByRole('link', { name: 'Guest 12' }).waitFor()
    expect(await town.isVisible()).toBe(false)
    await button('Columns').click()
    await page.getByRole('menuitemcheckbox', { name: 'town' }).click()
    await page.keyboard.press('Escape')
    await town.waitFor()
    await page.setViewportSize({ width: 360, height: 740 })
    await town.waitFor()
    await button('Columns').click()
    await page.getByRole('menuitemcheckbox', { name: 'town' }).click()
    await town.waitFor({ state: 'hidden' })
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  it('leads from Edit into the form', async () => {
    const { page } = stage
    await stage.open('/users?q=Guest')
    await button('Actions for Guest 13').click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await page.locator('#telegram-id:focus').waitFor()
  })

  it('says before it deletes the only admin that there would be none', async () => {
    const { page, api } = stage
    const { items } = await api.listUsers({ query: { isAdmin: true } })
    expect(items).toHaveLength(1)
    await stage.open('/users?isAdmin=true')
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await button('Delete').click()
    await page
      .getByRole('dialog')
      .getByText(/^The only admin of the bot is among them/)
      .waitFor()
    await button('Cancel').click()
  })
})

it('a role that is deleted takes a job only from those whom nothing else brings to it', async () => {
  const { page, api } = stage
  const [alone, chosen] = [await guest('Guest 14'), await guest('Guest 15')]
  const role = await api.createRole({ body: { name: 'Visitors', userIds: [alone.id, chosen.id] } })
  await weatherJob(stage, { name: 'For visitors', roleIds: [role.id], userIds: [chosen.id] })
  await stage.open('/roles')
  await button('Actions for Visitors').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const question = page.getByRole('dialog')
  await question.getByText('Deleting it removes 1 person from 1 job').waitFor()
  await button('Cancel').click()
})

it('an action of the list is given to somebody by a permission that names it already', async () => {
  const { page } = stage
  await stage.open('/actions')
  await button('Actions for /weather').click()
  await page.getByRole('menuitem', { name: 'New Permission for it' }).click()
  await page.getByRole('heading', { level: 1, name: 'New Permission' }).waitFor()
  await expect.poll(() => page.getByLabel('Action', { exact: true }).inputValue()).toContain('weather')
})

it('an address that is none offers a search, which leads to a person', async () => {
  const { page } = stage
  await stage.open('/nowhere')
  await page.getByLabel('What are you looking for?').fill('Guest 16')
  await page.getByRole('main').getByRole('link', { name: 'Guest 16' }).click()
  await page.getByRole('heading', { level: 1, name: 'Guest 16' }).waitFor()
})

it('what needs attention is dismissed, brought back, and comes back by itself when it happens again', async () => {
  const { page, api } = stage
  const text = /^The scheduler was paused/
  const headline = (name: RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
  await api.pauseScheduler({ body: { reason: 'A look' } })
  await stage.open('/')
  await headline(/^1 thing needs you/)
  await page.getByRole('button', { name: /^Dismiss: The scheduler was paused/ }).click()
  await headline(/^All good/)
  await button('Undo').click()
  await page.getByText(text).waitFor()
  await page.getByRole('button', { name: /^Dismiss: The scheduler was paused/ }).click()
  await page.reload()
  await headline(/^All good/)
  expect(await page.getByText(text).isVisible()).toBe(false)
  await button('1 dismissed – show').click()
  await page.getByText(text).waitFor()
  await api.resumeScheduler()
  await headline(/^All good/)
  await api.pauseScheduler({ body: { reason: 'Another look' } })
  await headline(/^1 thing needs you/)
  await api.resumeScheduler()
})

it('no page complains on the console or asks another host', () => {
  expect(stage.complaints).toEqual([])
})
