import { ApiError, type Client } from '@kamihi/contracts/client'
import { describe, expect, it } from 'vitest'
import { startTestApi } from '../api.ts'

const problemOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ApiError)) throw new Error(`expected a refusal, got ${String(error)}`)
  return error.problem
}

/** A run that reached Ana and not Luis, who blocked the bot. */
async function withRun(dryRun = false) {
  const api = await startTestApi()
  const client = await api.as('operator')
  const userIds: string[] = []
  for (const [id, name] of [
    [7, 'Ana'],
    [8, 'Luis'],
  ] as const) {
    await api.emulator.control.addUser({ id, firstName: name })
    userIds.push((await client.createUser({ body: { telegramId: id, name } })).id)
  }
  await api.emulator.control.block(8)
  const job = await client.createJob({
    body: { action: 'report', cronExpression: '0 0 1 1 *', perUser: true, userIds },
  })
  const { runId } = await client.runJob({ params: { id: job.id }, body: { dryRun } })
  await expect.poll(async () => (await ended(client, runId)) !== null).toBe(true)
  return { api, client, job, params: { id: runId } }
}
const ended = async (client: Client, id: string) => (await client.getRun({ params: { id } })).finishedAt

describe('how a run went', () => {
  it('is told as a timeline', async () => {
    const { api, params } = await withRun()
    const { steps } = await (await api.as('viewer')).getRunTimeline({ params })
    expect(steps.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['queued', 'Run by hand, asked for by operator'],
      ['started', null],
      ['audience_resolved', '2 recipients'],
      ['first_sent', null],
      ['last_sent', '1 sent'],
      ['finished', 'partial: 1 of 2 done'],
    ])
    expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).sort())
  })

  it('is told by the reasons why people were not reached', async () => {
    const { api, params } = await withRun()
    expect(await (await api.as('viewer')).listRunReasons({ params })).toEqual({
      items: [{ state: 'unreachable', class: 'blocked', message: '', count: 1 }],
      others: 0,
    })
  })

  it('tells for whom sending it again is, and who of them cannot be reached', async () => {
    const { api, client, params } = await withRun()
    const viewer = await api.as('viewer')
    const blocked = { reachability: 'blocked', count: 1 }
    expect(await viewer.getRetryOutlook({ params })).toEqual({ reachable: 0, unreachable: [blocked] })
    await api.emulator.control.unblock(8)
    const back = { reachable: 1, unreachable: [] }
    await expect.poll(() => viewer.getRetryOutlook({ params })).toEqual(back)
    const { runId } = await client.retryRun({ params })
    await expect.poll(async () => (await ended(client, runId)) !== null).toBe(true)
    expect(await viewer.getRetryOutlook({ params })).toEqual({ reachable: 0, unreachable: [] })
  })

  it('is told by what the action wrote, to operators only', async () => {
    const { api, client, params } = await withRun(true)
    await expect.poll(async () => (await client.listRunLogs({ params })).total).toBe(2)
    const { items } = await client.listRunLogs({ params, query: { level: 'info', limit: 1 } })
    expect(items).toMatchObject([
      {
        level: 'info',
        message: 'reporting',
        fields: { name: expect.any(String) },
        deliveryId: expect.any(String),
      },
    ])
    expect((await client.listRunLogs({ params, query: { level: 'warning' } })).items).toEqual([])
    expect(await problemOf((await api.as('viewer')).listRunLogs({ params }))).toMatchObject({ status: 403 })
  })

  it('of a run that is not there is not found, and a level that is none is named', async () => {
    const { client, params } = await withRun()
    const nothing = { params: { id: 'nothing' } }
    for (const ask of [
      client.getRunTimeline,
      client.listRunReasons,
      client.getRetryOutlook,
      client.listRunLogs,
    ])
      expect(await problemOf(ask(nothing))).toMatchObject({ status: 404, code: 'not_found' })
    const wrong = client.listRunLogs({ params, query: { level: 'loud' as 'info' } })
    expect(await problemOf(wrong)).toMatchObject({ status: 422, code: 'invalid_request' })
  })

  it('shows in the success rate of its job, which a dry run does not touch', async () => {
    const { client, job } = await withRun()
    const stats = { runs: 1, successRate: 1, p95Ms: expect.any(Number) }
    expect((await client.getJob({ params: { id: job.id } })).stats).toEqual(stats)
    expect((await client.listJobs()).items).toMatchObject([{ id: job.id, stats }])
    const { runId } = await client.runJob({ params: { id: job.id }, body: { dryRun: true } })
    await expect.poll(async () => (await ended(client, runId)) !== null).toBe(true)
    expect((await client.getJob({ params: { id: job.id } })).stats.runs).toBe(1)
  })
})

describe('a key that was used for another request', () => {
  it('is refused, with the run it belongs to', async () => {
    const { client, job } = await withRun()
    const headers = { 'idempotency-key': 'deploy-7' }
    const params = { id: job.id }
    const { runId } = await client.runJob({ params, body: { dryRun: true }, headers })
    expect(await problemOf(client.runJob({ params, body: {}, headers }))).toMatchObject({
      status: 409,
      code: 'idempotency_mismatch',
      detail: expect.stringContaining(runId),
      current: { id: runId, dryRun: true },
    })
  })
})
