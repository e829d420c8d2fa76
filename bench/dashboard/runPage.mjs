// Somebody follows a run for ten thousand people: how busy that keeps the page, and whether its memory grows.
import { randomUUID } from 'node:crypto'
import { change } from '../shared/bot.mjs'
import { withDatabase } from '../shared/seed.mjs'

const recipients = 10_000
/** Until everything is loaded and the run is under way. */
const settleMs = 10_000

export async function benchRunPage({ folder, bot, context, url }, seconds) {
  const runId = await startRun(folder, bot)
  const page = await context.newPage()
  await page.goto(`${url}/runs/${runId}`)
  await page.getByRole('region', { name: 'How it goes' }).waitFor()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('HeapProfiler.enable')
  await page.waitForTimeout(settleMs)
  const before = await readings(session)
  const from = performance.now()
  await page.waitForTimeout(seconds * 1000)
  const wall = (performance.now() - from) / 1000
  const busy = (await readings(session, false)).busy - before.busy
  const after = await readings(session)
  const { counts } = await bot.kamihi.store.runs.get(runId)
  await page.close()
  await bot.jobs.cancel(runId, change())
  return {
    seconds,
    'sent while open': counts.sent,
    'main thread busy %': (100 * busy) / wall,
    'heap at first MB': before.heap,
    'heap at the end MB': after.heap,
  }
}

async function startRun(folder, { kamihi, jobs }) {
  const role = (await kamihi.store.roles.create({ name: 'readers' }, change())).value
  withDatabase(folder, (db) =>
    db
      .prepare(`insert into user_roles (user_id, role_id) select id, ? from users limit ${recipients}`)
      .run(role.id),
  )
  const job = await jobs.create(
    { action: 'news', cronExpression: '0 0 1 1 *', roleIds: [role.id], perUser: true },
    change(),
  )
  const asked = {
    idempotencyKey: randomUUID(),
    args: null,
    onlyUserIds: null,
    dryRun: false,
    onOverlap: null,
  }
  const outcome = await jobs.run(job.value.id, asked, change())
  if (outcome.kind !== 'enqueued') throw new Error(`The run was not enqueued: ${outcome.kind}`)
  return outcome.run.id
}

/** Seconds that the main thread has worked, and megabytes in use after a collection. */
async function readings(session, collect = true) {
  if (collect) await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (wanted) => metrics.find(({ name }) => name === wanted).value
  return { busy: of('TaskDuration'), heap: of('JSHeapUsedSize') / 1e6 }
}
