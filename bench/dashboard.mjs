// P13: the dashboard in Chromium: script of the first load, and long tasks while 100 000 users are listed, searched, sorted, paged and picked.
// Build first (npm run build), then: npm run bench:dashboard [-- users]
import { gzipSync } from 'node:zlib'
import { createAdminApi } from '../packages/admin-api/dist/index.js'
import { defineAction } from '../packages/core/dist/index.js'
import { launchChromium } from '../scripts/chromium.mjs'
import { prepareBot } from './shared/bot.mjs'
import { temporaryFolder } from './shared/cleanUp.mjs'
import { seedPeople } from './shared/seed.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const people = Number(process.argv[2] ?? 100_000)
const scriptGoal = 150_000
const taskGoal = 100
const owner = { username: 'ana', password: 'a long and odd password' }

const folder = temporaryFolder('dashboard')
await seedPeople(folder, people)
const bot = await prepareBot({
  folder,
  apiRoot: 'http://127.0.0.1:1',
  actions: [defineAction({ name: 'nothing', run: () => null })],
  web: { port: 0, rateLimit: 0 },
})
const admin = createAdminApi({ ...bot, version: 'bench' })
await admin.start()

const browser = await launchChromium()
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
await setUp()
const page = await context.newPage()
const scripts = new Map()
page.on('response', async (response) => {
  if (!/\.js$/.test(new URL(response.url()).pathname)) return
  const body = await response.body().catch(() => null)
  if (body) scripts.set(response.url(), gzipSync(body).length)
})
await page.addInitScript(() => {
  globalThis.longTasks = []
  new PerformanceObserver((list) =>
    globalThis.longTasks.push(...list.getEntries().map((e) => e.duration)),
  ).observe({
    type: 'longtask',
    buffered: true,
  })
})

await page.goto(`${admin.url()}/users`)
await page.getByText('Showing 1 to 50').waitFor()
const firstLoad = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0)
const rows = [await measure('first load of the list', async () => {}, false)]
rows.push(
  await measure('search', async () => {
    await page.getByLabel('Search users').fill('77')
    await page.waitForURL(/q=77/)
    await settled()
  }),
  await measure('clear, sort by name', async () => {
    await page.getByLabel('Search users').fill('')
    await page.waitForURL((url) => !url.searchParams.has('q'))
    await page.getByRole('button', { name: 'Name' }).click()
    await settled()
  }),
  await measure('ten pages on', async () => {
    for (let n = 0; n < 10; n += 1) {
      await page.getByRole('button', { name: 'Next' }).click()
      await page.getByText(`Showing ${51 + 50 * n} to`).waitFor()
    }
  }),
)
await page.goto(`${admin.url()}/jobs/new`)
await page.getByLabel('Users').click()
rows.push(
  await measure('pick people in the form of a job', async () => {
    await page.getByLabel('Users').pressSequentially('999', { delay: 60 })
    await page.locator('.menu [role=option]').first().waitFor()
    await page.locator('.menu [role=option]').first().click()
  }),
)
await browser.close()
await admin.stop()
await bot.kamihi.stop()

printTable(`${people.toLocaleString('en')} users in the browser`, rows)
const longest = Math.max(...rows.slice(1).map((row) => row['longest task ms']))
console.log(
  `\nScript of the first load of a list: ${(firstLoad / 1000).toFixed(0)} kB gzip; goal ${scriptGoal / 1000}.`,
)
console.log(
  `Longest task while listing, searching, sorting, paging and picking: ${longest.toFixed(0)} ms; goal ${taskGoal}.`,
)
printVersions({ Chromium: browser.version() })
process.exit()

/** Does something and tells how long it took, and the longest stretch in which the page could not answer. */
async function measure(what, work, fresh = true) {
  if (fresh) await page.evaluate(() => globalThis.longTasks.splice(0))
  const from = performance.now()
  await work()
  const ms = performance.now() - from
  const tasks = await page.evaluate(() => globalThis.longTasks.splice(0))
  return { what, ms, 'longest task ms': Math.max(0, ...tasks), 'long tasks': tasks.length }
}

async function settled() {
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
  await page.getByText('Showing 1 to').waitFor()
}

async function setUp() {
  const token = new URLSearchParams(new URL(admin.setupLink()).hash.slice(1)).get('token')
  const answer = await context.request.post(`${admin.url()}/api/v1/setup`, {
    data: { token, ...owner },
    headers: { origin: admin.url() },
  })
  if (!answer.ok()) throw new Error(await answer.text())
}
