import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPage, type Watched } from '../browser.ts'
import { colleague, type Stage, setStage } from '../stage.ts'

let stage: Stage
let pia: Watched
let member: string
let board: string

beforeAll(async () => {
  stage = await setStage()
  const { api } = stage
  board = (await api.createRole({ body: { name: 'Board' } })).id
  const body = { telegramId: 7001, name: 'Berta', roleIds: [board] }
  member = (await api.createUser({ body })).id
  pia = await openPage(await colleague(stage, 'pia', 'operator'))
})
afterAll(async () => {
  await pia?.page.context().close()
  await stage?.close()
})

const see = (path: string) => pia.page.goto(stage.bot.dashboard + path)

describe('a role that an owner locks', () => {
  it('is locked on its page, and marked in the list', async () => {
    const { page } = stage
    await stage.open(`/roles/${board}`)
    await page.getByLabel('Locked').check()
    await page.getByRole('button', { name: 'Save' }).click()
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Board' }) })
    await row.getByTitle('Only owners change this role, and who has it.').waitFor()
  })

  it('is shown to an operator, who can neither change nor delete it', async () => {
    const { page } = pia
    await see(`/roles/${board}`)
    await page.getByText('This role is locked: only an owner can change it').waitFor()
    for (const field of ['Name', 'Users', 'Locked'])
      expect(await page.getByLabel(field, { exact: true }).isDisabled()).toBe(true)
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Actions for Board' }).click()
    const remove = page.getByRole('menuitem', { name: 'Delete' })
    await remove.waitFor()
    expect(await remove.getAttribute('aria-disabled')).toBe('true')
  })

  it('cannot be given or taken by an operator on the page of a person', async () => {
    const { page } = pia
    await see(`/users/${member}`)
    await page.getByLabel('Roles').waitFor()
    await page.getByTitle('locked: only owners say who has it').waitFor()
    expect(await page.getByRole('button', { name: 'Remove Board' }).count()).toBe(0)
    await see('/users/new')
    await page.getByLabel('Roles').fill('Board')
    const offered = page.getByRole('option', { name: /Board.*locked: only owners say who has it/ })
    await offered.click({ force: true })
    expect(await page.getByRole('button', { name: 'Remove Board' }).count()).toBe(0)
    expect([...pia.complaints, ...stage.complaints]).toEqual([])
  })

  it('keeps its members from being deleted by an operator, who is told why', async () => {
    const { page } = pia
    await see(`/users/${member}`)
    await page.getByRole('button', { name: 'Actions for Berta' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Delete user' }).click()
    await page.getByText('The role "Board" is locked, and this user has it').waitFor()
    expect((await stage.api.getRole({ params: { id: board } })).userIds).toEqual([member])
  })
})
