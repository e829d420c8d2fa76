// On a processor that is four times as slow: when a page shows what it is about, and how long it takes to answer a press.
const slowdown = 4

export async function benchPaints({ context, url }) {
  const rows = []
  for (const [what, path, act] of [
    ['Home', '/', palette],
    ['Jobs', '/jobs', palette],
    ['Users', '/users', menuOfRow],
    ['form of a job', '/jobs/new', typeSchedule],
  ])
    rows.push(await measure(context, what, `${url}${path}`, act))
  return rows
}

async function palette(page) {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('user', { delay: 80 })
}

async function menuOfRow(page) {
  await page
    .getByRole('button', { name: /^Actions/ })
    .first()
    .click()
  await page.getByRole('menu').waitFor()
}

const typeSchedule = (page) =>
  page.getByLabel('Cron expression').first().pressSequentially('0 9 * * 1-5', { delay: 80 })

async function measure(context, what, url, act) {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.addInitScript(() => {
    globalThis.paints = []
    globalThis.presses = []
    const watch = (type, into, more) =>
      new PerformanceObserver((list) => into.push(...list.getEntries())).observe({
        type,
        buffered: true,
        ...more,
      })
    watch('largest-contentful-paint', globalThis.paints)
    watch('event', globalThis.presses, { durationThreshold: 16 })
  })
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle').catch(() => {})
  await act(page)
  const row = await page.evaluate(() => ({
    painted: Math.max(0, ...globalThis.paints.map((entry) => entry.startTime)),
    answered: Math.max(
      0,
      ...globalThis.presses.filter(({ interactionId }) => interactionId > 0).map(({ duration }) => duration),
    ),
  }))
  await page.close()
  return { page: what, 'largest paint ms': row.painted, 'slowest answer to a press ms': row.answered }
}
