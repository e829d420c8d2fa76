import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPage, type Watched } from '../browser.ts'
import { owner } from '../owner.ts'
import { type Stage, setStage, weatherJob } from '../stage.ts'

const viewer = { username: 'vera', password: 'a long enough password' }
let stage: Stage
let vera: Watched
let jobId: string

beforeAll(async () => {
  stage = await setStage()
  jobId = (await weatherJob(stage)).id
  const { link } = await stage.api.createAccount({ body: { username: viewer.username, role: 'viewer' } })
  const token = new URLSearchParams(new URL(link.url).hash.slice(1)).get('invite') ?? ''
  await stage.api.acceptLink({ body: { token, password: viewer.password } })
  vera = await openPage(await stage.browser.newContext({ viewport: { width: 1280, height: 900 } }))
})
afterAll(async () => {
  await vera?.page.context().close()
  await stage?.close()
})

const see = (path: string) => vera.page.goto(stage.bot.dashboard + path)
const button = (name: string | RegExp) => vera.page.getByRole('button', { name })
async function fillIn(username: string, password: string): Promise<void> {
  await vera.page.getByLabel('User name').fill(username)
  await vera.page.getByLabel('Password', { exact: true }).fill(password)
}

describe('somebody who signs in', () => {
  it('is told to wait after several wrong passwords, and lands on the page asked for with the right one', async () => {
    await see(`/jobs/${jobId}?tab=audience`)
    await button('Sign in').waitFor()
    const wait = vera.page.getByText(/^Too many tries\. Wait/)
    for (let n = 0; n < 30 && (await wait.count()) === 0; n += 1) {
      await fillIn(viewer.username, `wrong ${n}`)
      await button('Sign in').click()
      await expect
        .poll(async () => (await wait.count()) > 0 || (await button('Sign in').isEnabled()))
        .toBe(true)
    }
    await wait.waitFor()
    expect(await button('Sign in').isDisabled()).toBe(true)
    await stage.bot.control.advance(3_600_000)
    await vera.page.reload()
    await fillIn(viewer.username, viewer.password)
    await button('Sign in').click()
    await vera.page.getByRole('heading', { level: 1, name: 'Weather' }).waitFor()
    expect(new URL(vera.page.url()).search).toBe('?tab=audience')
  })
})

describe('a viewer', () => {
  it('sees a job, but can neither change nor run it', async () => {
    await see(`/jobs/${jobId}`)
    expect(await button('Run job manually').isDisabled()).toBe(true)
    expect(await button('Run job manually').getAttribute('title')).toBe('Needs the role operator')
    expect(await vera.page.getByRole('switch').isDisabled()).toBe(true)
    await see(`/jobs/${jobId}/edit`)
    await vera.page.getByLabel('Cron expression').waitFor()
    expect(await vera.page.getByLabel('Cron expression').isDisabled()).toBe(true)
    expect(await button('Save').isDisabled()).toBe(true)
  })

  it.each([
    ['POST', () => `/jobs/${jobId}/run`],
    ['DELETE', () => `/jobs/${jobId}`],
    ['POST', () => '/jobs/bulk'],
    ['GET', () => '/settings'],
    ['GET', () => '/accounts'],
  ])('is refused by the API as well: %s %s', async (method, path) => {
    const headers = { origin: stage.bot.dashboard }
    const answer = await vera.page.request.fetch(`${stage.bot.dashboard}/api/v1${path()}`, {
      method,
      headers,
    })
    expect(answer.status()).toBe(403)
  })
})

it('the audit tells who changed what, from which value to which', async () => {
  const { version } = await stage.api.getJob({ params: { id: jobId } })
  await stage.api.updateJob({ params: { id: jobId }, body: { version, name: 'Forecast' } })
  await stage.open('/audit')
  const entry = stage.page.getByRole('row').filter({ hasText: 'Forecast' }).first()
  await entry.getByText(owner.username).waitFor()
  await entry.getByRole('button').click()
  const change = stage.page.getByRole('dialog').getByRole('row').filter({ hasText: 'Name' })
  await change.getByText('Weather').waitFor()
  await change.getByText('Forecast').waitFor()
})

it('no page complains on the console or asks another host', () => {
  expect(
    [...stage.complaints, ...vera.complaints].filter((text) => !/status of (403|429)/.test(text)),
  ).toEqual([])
})
