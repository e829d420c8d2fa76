import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startExampleBot } from '../test/bot.ts'
import { openBrowser } from '../test/browser.ts'
import { apiOf, signIn } from '../test/owner.ts'

const file = (name: string) => fileURLToPath(new URL(`../../../docs/images/${name}.png`, import.meta.url))
const size = { viewport: { width: 1280, height: 720 } }

it('takes the pictures of the README and of the guides', { timeout: 240_000 }, async () => {
  const bot = await startExampleBot()
  const browser = await openBrowser()
  const context = await browser.newContext(size)
  await signIn(context, bot)
  const api = apiOf(context, bot)
  const roleIds = (await api.listRoles()).items.map(({ id }) => id)
  const weather = await api.createJob({
    body: {
      name: 'Morning weather',
      action: 'weather',
      cronExpression: '0 9 * * 1-5',
      timezone: 'Europe/Madrid',
      perUser: true,
      roleIds,
      args: { name: 'team', city: 'Madrid' },
    },
  })
  const hourly = await api.createJob({
    body: {
      name: 'Hourly outlook',
      action: 'weather',
      cronExpression: '0 * * * *',
      perUser: true,
      roleIds,
      args: { name: 'team', city: 'Paris' },
    },
  })
  const minutely = (await api.listJobs()).items.find(({ name }) => name === 'Report every minute')
  if (minutely)
    await api.updateJob({ params: { id: minutely.id }, body: { version: minutely.version, enabled: false } })
  const chat = await (await browser.newContext(size)).newPage()
  await chat.goto(`${bot.chatPage}?person=1002`)

  const run = async (id: string, outcome: string): Promise<string> => {
    const { runId } = await api.runJob({ params: { id }, body: {} })
    const state = async () => (await api.getRun({ params: { id: runId } })).state
    await expect.poll(state, { timeout: 15_000 }).toBe(outcome)
    return runId
  }
  for (let n = 0; n < 3; n += 1) await run(weather.id, 'completed')
  for (let n = 0; n < 4; n += 1) {
    await bot.control.advanceToDue()
    const done = async () => (await api.listRuns({ query: { jobId: hourly.id, state: 'completed' } })).total
    await expect.poll(done, { timeout: 15_000 }).toBe(n + 1)
  }
  await bot.control.block(1003)
  const partial = await run(hourly.id, 'partial')

  const page = await context.newPage()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.addInitScript("localStorage.setItem('kamihi.firstSteps', 'hidden')")
  await page.goto(`${bot.dashboard}/`)
  await page.getByRole('heading', { name: 'Needs attention' }).waitFor()
  await page.screenshot({ path: file('home') })
  await page.goto(`${bot.dashboard}/jobs`)
  await page.getByText('Morning weather').waitFor()
  await page.screenshot({ path: file('dashboard') })
  await page.goto(`${bot.dashboard}/jobs/${weather.id}/edit`)
  await page.getByRole('complementary', { name: 'Preview' }).getByText('2 people').waitFor()
  await page.screenshot({ path: file('job-form') })
  await page.goto(`${bot.dashboard}/runs/${partial}`)
  await page.getByRole('heading', { name: 'Reasons' }).waitFor()
  await page.getByRole('row').nth(2).waitFor()
  await page.screenshot({ path: file('run') })

  await chat.getByLabel('Message', { exact: true }).fill('/weather')
  await chat.keyboard.press('Enter')
  await chat.getByRole('log').getByText('What is your name?').waitFor()
  await chat.getByLabel('Message', { exact: true }).fill('Luis')
  await chat.keyboard.press('Enter')
  await chat.getByRole('log').getByRole('button', { name: 'Paris' }).waitFor()
  await chat.screenshot({ path: file('chat') })
  await browser.close()
  await bot.kill('SIGTERM')
})
