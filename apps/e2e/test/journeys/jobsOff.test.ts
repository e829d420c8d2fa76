import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stage, setStage, weatherJob } from '../stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
  await weatherJob(stage, { enabled: true })
  await stage.bot.kill('SIGTERM')
  await stage.bot.restart({ KAMIHI_JOBS__ENABLED: 'false' })
})
afterAll(() => stage?.close())

const isSaid = () => stage.page.getByRole('heading', { name: 'Jobs are disabled' }).waitFor()

describe('while jobs are disabled', () => {
  it('the list says so, with what to write into the settings, and shows what there is without next runs', async () => {
    const { page } = stage
    await stage.open('/jobs')
    await isSaid()
    for (const text of ['jobs:\n    enabled: true', 'KAMIHI_JOBS__ENABLED=true'])
      await page.getByText(text, { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: /^Copy/ }).count()).toBe(2)
    const row = page.getByRole('row').filter({ hasText: 'Weather' })
    await row.waitFor()
    expect(await row.getByText(/^in /).count()).toBe(0)
  })

  it('no job can be made', async () => {
    const { page } = stage
    await stage.open('/jobs')
    await isSaid()
    const create = page.getByRole('button', { name: 'New Job' })
    expect([await create.isDisabled(), await create.getAttribute('title')]).toEqual([
      true,
      'Jobs are disabled',
    ])
    await stage.open('/jobs/new')
    await isSaid()
    expect(await page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0)
  })

  it('none can be run by hand, and the calendar has nothing to come', async () => {
    const { page } = stage
    await stage.open('/jobs')
    await page.getByRole('link', { name: 'Weather' }).first().click()
    await isSaid()
    expect(await page.getByRole('button', { name: 'Run job manually' }).isDisabled()).toBe(true)
    await stage.open('/schedule')
    await isSaid()
  })

  it('no page complains on the console or asks another host', () => {
    expect(stage.complaints.filter((text) => !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY/.test(text))).toEqual(
      [],
    )
  })
})
