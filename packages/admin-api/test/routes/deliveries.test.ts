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

type Doubt = 'blocked' | 'cut off'

/** A run for Ana and Luis that reached her; Luis had blocked the bot, or the connection was cut off behind what was sent to him. */
async function withRun(doubt: Doubt) {
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
  if (doubt === 'blocked') await api.emulator.control.block(8)
  else await api.emulator.control.fail({ method: 'sendMessage', chatId: 8, error: 'reset-after' })
  const job = await client.createJob({
    body: {
      action: 'report',
      cronExpression: '0 0 1 1 *',
      perUser: true,
      userIds,
      delivery: 'at-most-once',
    },
  })
  const { runId } = await client.runJob({ params: { id: job.id }, body: {} })
  await ended(client, runId)
  const { items } = await client.listDeliveries({ params: { id: runId }, query: { q: 'Luis' } })
  const params = { id: items[0]?.id ?? '' }
  return { api, client, job, runId, params, luis: userIds[1] ?? '' }
}

/** Telegram asks for ten minutes before it takes anything for Luis. */
const askToWait = (api: Awaited<ReturnType<typeof withRun>>['api']) =>
  api.emulator.control.fail({
    method: 'sendMessage',
    chatId: 8,
    error: { status: 429, description: 'Too Many Requests: retry after 600', retryAfter: 600 },
  })

async function ended(client: Client, id: string) {
  await expect.poll(async () => (await client.getRun({ params: { id } })).finishedAt).not.toBeNull()
  return client.getRun({ params: { id } })
}

describe('a delivery that did not arrive', () => {
  it('is sent again by a run for that person alone', async () => {
    const { api, client, params, runId } = await withRun('blocked')
    await api.emulator.control.unblock(8)
    const again = await client.retryDelivery({ params })
    expect(await ended(client, again.runId)).toMatchObject({
      trigger: 'retry',
      retryOf: runId,
      requestedBy: 'operator',
      state: 'completed',
      counts: { total: 1, sent: 1 },
    })
    expect(await problemOf(client.retryDelivery({ params }))).toMatchObject({
      status: 409,
      code: 'not_retryable',
      detail: expect.stringContaining(again.runId),
    })
  })

  it('that is under way is not sent beside itself', async () => {
    const { api, client, params } = await withRun('blocked')
    await api.emulator.control.unblock(8)
    await askToWait(api)
    const { runId } = await client.retryDelivery({ params })
    expect(await problemOf(client.retryDelivery({ params }))).toMatchObject({
      status: 409,
      code: 'not_retryable',
      detail: expect.stringMatching(`still being sent, by run ${runId}`),
    })
    await client.cancelRun({ params: { id: runId } })
  })

  it('tells how each try went, but to viewers not what was said', async () => {
    const { api, client, params } = await withRun('blocked')
    const { items } = await client.listFailedAttempts({ params })
    expect(items).toMatchObject([{ class: 'blocked', count: 1, nextAt: null }])
    expect(items[0]?.message).toMatch(/blocked/)
    const seen = await (await api.as('viewer')).listFailedAttempts({ params })
    expect(seen.items).toMatchObject([{ class: 'blocked', message: '' }])
  })

  it('is left out while it waits, and its run ends without it', async () => {
    const { api, client, params } = await withRun('blocked')
    await api.emulator.control.unblock(8)
    await askToWait(api)
    const { runId } = await client.retryDelivery({ params })
    const ofRun = { params: { id: runId } }
    await expect
      .poll(async () => (await client.listDeliveries(ofRun)).items[0]?.state, { timeout: 10_000 })
      .toBe('retrying')
    const [waiting] = (await client.listDeliveries(ofRun)).items
    const waits = { params: { id: waiting?.id ?? '' } }
    const { steps } = await client.getRunTimeline(ofRun)
    expect(steps.find(({ kind }) => kind === 'waited')?.wait).toMatchObject({ count: 1 })
    expect(await client.cancelDelivery(waits)).toMatchObject({ state: 'cancelled', nextAttemptAt: null })
    expect(await ended(client, runId)).toMatchObject({ state: 'cancelled', counts: { cancelled: 1 } })
    expect(await problemOf(client.cancelDelivery(waits))).toMatchObject({
      status: 409,
      code: 'delivery_not_waiting',
      detail: 'Only what still waits can be left out; this one is cancelled.',
    })
  })

  it('is found by nobody under another id', async () => {
    const { client } = await withRun('blocked')
    const params = { id: 'nothing' }
    for (const ask of [
      () => client.retryDelivery({ params }),
      () => client.cancelDelivery({ params }),
      () => client.listFailedAttempts({ params }),
      () => client.resolveDelivery({ params, body: { outcome: 'arrived' } }),
    ])
      expect(await problemOf(ask())).toMatchObject({ status: 404, code: 'not_found' })
  })
})

describe('some deliveries of a run', () => {
  it('are sent again by one run, as far as they did not arrive', async () => {
    const { api, client, runId } = await withRun('blocked')
    await api.emulator.control.unblock(8)
    const list = { params: { id: runId } }
    const ids = Object.fromEntries(
      (await client.listDeliveries(list)).items.map(({ userName, id }) => [userName, id]),
    )
    const arrived = client.retryDeliveries({ ...list, body: { ids: [ids.Ana ?? ''] } })
    expect(await problemOf(arrived)).toMatchObject({ status: 409, code: 'nothing_to_retry' })
    const again = await client.retryDeliveries({ ...list, body: { ids: Object.values(ids) } })
    expect(await ended(client, again.runId)).toMatchObject({
      trigger: 'retry',
      retryOf: runId,
      counts: { total: 1, sent: 1 },
    })
  })
})

describe('deliveries that failed in one way', () => {
  it('are told apart by what was said, which viewers cannot ask for', async () => {
    const { api, client, runId } = await withRun('blocked')
    const list = { params: { id: runId } }
    const [reason] = (await client.listRunReasons(list)).items
    const message = reason?.message ?? ''
    const names = async (asked: string) =>
      (await client.listDeliveries({ ...list, query: { class: 'blocked', message: asked } })).items.map(
        ({ userName }) => userName,
      )
    expect(message).toMatch(/blocked/)
    expect(await names(message)).toEqual(['Luis'])
    expect(await names(`${message}!`)).toEqual([])
    const viewer = await api.as('viewer')
    expect(await problemOf(viewer.listDeliveries({ ...list, query: { message } }))).toMatchObject({
      status: 403,
      code: 'forbidden',
    })
  })
})

describe('a delivery in doubt', () => {
  const arrived = { outcome: 'arrived' } as const

  it('arrived where a person says so, and its run counts it', async () => {
    const { client, params, runId } = await withRun('cut off')
    expect(await client.getRun({ params: { id: runId } })).toMatchObject({
      state: 'partial',
      counts: { sent: 1, uncertain: 1 },
    })
    expect(await client.resolveDelivery({ params, body: arrived })).toMatchObject({
      state: 'sent',
      resolvedBy: 'operator',
    })
    expect(await client.getRun({ params: { id: runId } })).toMatchObject({
      state: 'completed',
      counts: { sent: 2, uncertain: 0 },
    })
    expect((await client.listAudit({ query: { objectKind: 'delivery' } })).items).toMatchObject([
      { verb: 'delivery.resolved', actor: { name: 'operator' }, object: { id: params.id, label: 'Luis' } },
    ])
  })

  it('can be decided once, and no other can be decided', async () => {
    const { client, params } = await withRun('cut off')
    await client.resolveDelivery({ params, body: arrived })
    expect(await problemOf(client.resolveDelivery({ params, body: arrived }))).toMatchObject({
      status: 409,
      code: 'not_uncertain',
      detail: 'Only a delivery that is uncertain can be decided; this one is sent.',
    })
  })

  it('is sent again where a person says that it did not arrive, and may then be there twice', async () => {
    const { client, params } = await withRun('cut off')
    const { runId } = await client.retryDelivery({ params })
    await ended(client, runId)
    expect((await client.listDeliveries({ params: { id: runId } })).items).toMatchObject([
      { userName: 'Luis', state: 'sent', possiblyDuplicated: true },
    ])
  })
})

describe('deliveries of a person', () => {
  it('are listed with what they are of, without what was sent where a viewer asks', async () => {
    const { api, client, job, params, luis } = await withRun('blocked')
    const list = { params: { id: luis }, query: { limit: 50 } }
    const [delivery] = (await client.listUserDeliveries(list)).items
    expect(delivery).toMatchObject({
      id: params.id,
      state: 'unreachable',
      output: [{ text: 'Report for Luis' }],
      run: { jobId: job.id, action: 'report', dryRun: false },
    })
    const seen = await (await api.as('viewer')).listUserDeliveries(list)
    const error = { class: 'blocked', message: '' }
    expect(seen.items).toEqual([{ ...delivery, output: null, telegramId: 0, error }])
  })

  it('are those of a user that there is', async () => {
    const { client } = await withRun('blocked')
    expect(await problemOf(client.listUserDeliveries({ params: { id: 'nobody' } }))).toMatchObject({
      status: 404,
    })
  })
})

describe('whether a person can be reached', () => {
  it('is asked again of Telegram', async () => {
    const { api, client, luis } = await withRun('blocked')
    await expect.poll(() => api.kamihi.telegram.state().state).toBe('connected')
    const params = { id: luis }
    expect(await client.checkReachability({ params })).toMatchObject({ reachability: 'blocked' })
    await api.emulator.control.unblock(8)
    expect(await client.checkReachability({ params })).toMatchObject({ reachability: 'ok' })
  })

  it('is not told while no bot is connected, nor when Telegram is silent', async () => {
    const { api, client, luis } = await withRun('blocked')
    const params = { id: luis }
    await expect.poll(() => api.kamihi.telegram.state().state).toBe('connected')
    await api.emulator.control.fail({
      method: 'sendChatAction',
      error: { status: 429, description: 'Too Many Requests: retry after 9', retryAfter: 9 },
    })
    expect(await problemOf(client.checkReachability({ params }))).toMatchObject({
      status: 503,
      code: 'unavailable',
      detail: 'Telegram asks to wait 9 s.',
    })
    await api.emulator.control.fail({
      method: 'getUpdates',
      error: { status: 401, description: 'Unauthorized' },
      times: null,
    })
    await api.emulator.control.say(7, 'hi')
    await expect.poll(() => api.kamihi.telegram.state().state).toBe('unauthorized')
    expect(await problemOf(client.checkReachability({ params }))).toMatchObject({
      status: 409,
      code: 'bot_not_connected',
      title: 'No bot is connected.',
    })
  })
})

describe('a run for a time that passed', () => {
  it('is refused for a time that is none of the job, and for one that is to come, and says so', async () => {
    const { client, job } = await withRun('blocked')
    const params = { id: job.id }
    const run = (scheduledFor: string) => client.runJob({ params, body: { scheduledFor } })
    expect(await problemOf(run('2026-03-01T10:00:00.000Z'))).toMatchObject({
      status: 409,
      code: 'slot_closed',
      detail: expect.stringMatching(/^The job does not run at that time\. The nearest are .+ and .+\.$/),
      errors: [{ path: '/scheduledFor' }],
    })
    expect(await problemOf(run(job.nextRunAt ?? ''))).toMatchObject({
      status: 409,
      code: 'slot_closed',
      detail: 'Its time has not come, or the scheduler is about to run it.',
    })
  })

  it('is made once', async () => {
    const { api, client, job } = await withRun('blocked')
    const params = { id: job.id }
    const next = Date.parse(job.nextRunAt ?? '')
    const at = Date.parse('2026-01-01T00:00:00.000Z')
    const missed = { kind: 'missed' as const, from: at, to: at, count: 1 }
    await api.kamihi.store.runs.enqueueScheduled({
      jobId: job.id,
      expectedNextRunAt: next,
      nextRunAt: next,
      occurrences: [missed],
      now: api.kamihi.clock.now(),
    })
    const scheduledFor = new Date(at).toISOString()
    const { runId } = await client.runJob({ params, body: { scheduledFor } })
    expect(await ended(client, runId)).toMatchObject({ trigger: 'manual', scheduledFor })
    expect(await problemOf(client.runJob({ params, body: { scheduledFor } }))).toMatchObject({
      status: 409,
      code: 'slot_closed',
      detail: `Run ${runId} stands for that time, and each time has one run at most.`,
    })
  })
})
