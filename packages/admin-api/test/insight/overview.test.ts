import type { Client } from '@kamihi/contracts/client'
import { expect, it } from 'vitest'
import { change, startTestApi, type TestApi } from '../api.ts'

const saved = <T extends { id: string }>(outcome: { kind: string; value?: T }): T => {
  if (!outcome.value) throw new Error(outcome.kind)
  return outcome.value
}

const people = async (api: TestApi, count: number) => {
  const ids: string[] = []
  for (let id = 1; id <= count; id += 1) {
    await api.emulator.control.addUser({ id, firstName: `User ${id}` })
    ids.push(saved(await api.kamihi.store.users.create({ telegramId: id, name: `User ${id}` }, change)).id)
  }
  return ids
}

/** Runs a job by hand and waits for the end of it. */
async function run(client: Client, id: string): Promise<string> {
  const { runId } = await client.runJob({ params: { id }, body: {} })
  await expect.poll(async () => (await client.getRun({ params: { id: runId } })).finishedAt).not.toBeNull()
  return runId
}

it('shows what ran, what is to come and how the last days went', async () => {
  const api = await startTestApi()
  const operator = await api.as('operator')
  const userIds = await people(api, 2)
  const body = { action: 'report', name: 'Daily', cronExpression: '*/5 * * * *', userIds }
  const job = await operator.createJob({ body })
  const empty = await operator.getOverview()
  expect(empty).toMatchObject({
    runsToday: 0,
    attention: { total: 0 },
    running: { total: 0 },
    jobsEnabled: true,
  })
  const { runId } = await operator.runJob({
    params: { id: job.id },
    body: {},
    headers: { 'idempotency-key': 'a' },
  })
  await expect.poll(async () => (await operator.getRun({ params: { id: runId } })).finishedAt).not.toBeNull()
  const overview = await operator.getOverview()
  expect(overview).toMatchObject({
    runsToday: 1,
    next: { jobId: job.id, name: 'Daily', recipients: 2 },
    week: {
      delivered: { thisWeek: 2, lastWeek: 0 },
      successRate: { thisWeek: 1, lastWeek: null },
      people: { thisWeek: 2, lastWeek: 0 },
    },
  })
  expect(overview.upcoming.total).toBe(24 * 12)
  expect(overview.upcoming.items).toHaveLength(200)
  expect(overview.upcoming.items[0]).toEqual(overview.next)
  expect(overview.days).toHaveLength(14)
  expect(overview.days.at(-1)).toMatchObject({ sent: 2, failed: 0, unreachable: 0 })
})

it('shows what needs somebody until it is dealt with', async () => {
  const api = await startTestApi()
  const operator = await api.as('operator')
  const userIds = await people(api, 1)
  const job = await operator.createJob({ body: { action: 'report', cronExpression: '0 0 1 1 *', userIds } })
  await api.emulator.control.fail({
    method: 'sendMessage',
    times: 2,
    error: { status: 400, description: 'Bad Request: message is too odd' },
  })
  await run(operator, job.id)
  const runId = await run(operator, job.id)
  const attention = async () => (await operator.getOverview()).attention.items
  expect(await attention()).toMatchObject([
    {
      kind: 'run_failed',
      runId,
      job: { id: job.id, action: 'report' },
      state: 'failed',
      total: 1,
      unreached: 1,
      runs: 2,
    },
  ])
  await operator.pauseJob({ params: { id: job.id }, body: {} })
  await operator.pauseScheduler({ body: { reason: 'Holidays' } })
  const kinds = (await attention()).map(({ kind }) => kind)
  expect(kinds).toEqual(['scheduler_paused', 'jobs_paused', 'run_failed'])
  expect((await operator.getOverview()).next).toBeNull()
  await operator.retryRun({ params: { id: runId } })
  expect((await attention()).filter((item) => item.kind === 'run_failed' && item.runId === runId)).toEqual([])
})

it('needs nobody for somebody who cannot be reached', async () => {
  const api = await startTestApi()
  const operator = await api.as('operator')
  const userIds = await people(api, 2)
  await api.emulator.control.block(2)
  const job = await operator.createJob({ body: { action: 'report', cronExpression: '0 0 1 1 *', userIds } })
  const runId = await run(operator, job.id)
  expect((await operator.getRun({ params: { id: runId } })).counts).toMatchObject({ sent: 1, unreachable: 1 })
  expect((await operator.getOverview()).attention).toEqual({ items: [], total: 0 })
  expect((await operator.getJob({ params: { id: job.id } })).stats.successRate).toBe(1)
})
