import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startExampleBot } from '../test/bot.ts'
import { openBrowser } from '../test/browser.ts'
import { apiOf, signIn } from '../test/owner.ts'

const file = (name: string) => fileURLToPath(new URL(`../../../docs/images/${name}.png`, import.meta.url))
const size = { viewport: { width: 1280, height: 720 } }

it('takes the pictures of the README', { timeout: 120_000 }, async () => {
  const bot = await startExampleBot()
  const browser = await openBrowser()
  const context = await browser.newContext(size)
  await signIn(context, bot)
  const api = apiOf(context, bot)
  const job = await api.createJob({
    body: {
      name: 'Morning weather',
      action: 'weather',
      cronExpression: '0 9 * * 1-5',
      timezone: 'Europe/Madrid',
      perUser: true,
      roleIds: (await api.listRoles()).items.map(({ id }) => id),
      args: { name: 'team', city: 'Madrid' },
    },
  })
  const page = await context.newPage()
  const chat = await (await browser.newContext(size)).newPage()
  await chat.goto(`${bot.chatPage}?person=1002`)
  for (let n = 0; n < 3; n += 1) {
    const { runId } = await api.runJob({ params: { id: job.id }, body: {} })
    await expect
      .poll(async () => (await api.getRun({ params: { id: runId } })).state, { timeout: 15_000 })
      .toBe('completed')
  }
  await page.goto(`${bot.dashboard}/jobs`)
  await page.getByText('Morning weather').waitFor()
  await page.screenshot({ path: file('dashboard') })

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
