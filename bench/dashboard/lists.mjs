// Lists of many people: the script of the first load, and the longest stretches in which the page cannot answer.
import { gzipSync } from 'node:zlib'

export async function benchLists({ context, url }) {
  const page = await context.newPage()
  const scripts = sizesOfScripts(page)
  await watchTasks(page)
  const tasks = (what, work) => measure(page, what, work)
  const rows = [
    await tasks('first load of the list', async () => {
      await page.goto(`${url}/users`)
      await page.getByText('Showing 1 to 50').waitFor()
    }),
  ]
  const firstLoad = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0)
  rows.push(
    await tasks('search', async () => {
      await page.getByLabel('Search users').fill('77')
      await page.waitForURL(/q=77/)
      await settled(page)
    }),
    await tasks('clear, sort by name', async () => {
      await page.getByLabel('Search users').fill('')
      await page.waitForURL((at) => !at.searchParams.has('q'))
      await page.getByRole('button', { name: 'Name' }).click()
      await settled(page)
    }),
    await tasks('ten pages on', async () => {
      for (let n = 0; n < 10; n += 1) {
        await page.getByRole('button', { name: 'Next' }).click()
        await page.getByText(`Showing ${51 + 50 * n} to`).waitFor()
      }
    }),
  )
  await page.goto(`${url}/jobs/new`)
  await page.getByLabel('Users').click()
  rows.push(
    await tasks('pick people in the form of a job', async () => {
      await page.getByLabel('Users').pressSequentially('999', { delay: 60 })
      await page.locator('.menu [role=option]').first().waitFor()
      await page.locator('.menu [role=option]').first().click()
    }),
  )
  await page.close()
  return { rows, firstLoad, longest: Math.max(...rows.slice(1).map((row) => row['longest task ms'])) }
}

/** Bytes of each script that a page loads, as they go over the network. */
function sizesOfScripts(page) {
  const sizes = new Map()
  page.on('response', async (response) => {
    if (!/\.js$/.test(new URL(response.url()).pathname)) return
    const body = await response.body().catch(() => null)
    if (body) sizes.set(response.url(), gzipSync(body).length)
  })
  return sizes
}

async function watchTasks(page) {
  await page.addInitScript(() => {
    globalThis.longTasks = []
    new PerformanceObserver((list) =>
      globalThis.longTasks.push(...list.getEntries().map((entry) => entry.duration)),
    ).observe({ type: 'longtask', buffered: true })
  })
}

async function measure(page, what, work) {
  await page.evaluate(() => globalThis.longTasks?.splice(0))
  const from = performance.now()
  await work()
  const ms = performance.now() - from
  const tasks = await page.evaluate(() => globalThis.longTasks.splice(0))
  return { what, ms, 'longest task ms': Math.max(0, ...tasks), 'long tasks': tasks.length }
}

async function settled(page) {
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
  await page.getByText('Showing 1 to').waitFor()
}
