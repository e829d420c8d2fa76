import type { ApiError } from '@kamihi/contracts/client'
import { expect, it } from 'vitest'
import { startTestApi } from '../api.ts'

const problemOf = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: unknown) => (error as ApiError).problem,
  )
const day = 86_400_000
const iso = (ms: number) => new Date(ms).toISOString()

it('tells how each part of the bot is', async () => {
  const api = await startTestApi()
  const viewer = await api.as('viewer')
  await expect.poll(async () => (await viewer.getHealth()).telegram.state).toBe('connected')
  const health = await viewer.getHealth()
  expect(health).toMatchObject({
    level: 'ok',
    telegram: { level: 'ok', mode: 'polling', botUsername: expect.any(String) },
    emulator: { on: true, level: 'warn' },
    scheduler: { state: 'running', lagMs: 0 },
    sending: { openRuns: 0, queuedDeliveries: 0, permittedPerSecond: 30 },
    database: { level: 'ok', degraded: null, lastBackupAt: null },
    process: { version: '0.0.0-test', node: process.version, pid: process.pid },
    streams: { open: 0, limit: 100 },
  })
  expect(health.database.sizeBytes).toBeGreaterThan(10_000)
  expect(health.database.freeBytes).toBeGreaterThan(0)
})

it('counts the pages that listen to live events', async () => {
  const api = await startTestApi()
  const viewer = await api.as('viewer')
  const headers = { authorization: `Bearer ${await api.token('viewer')}` }
  expect((await viewer.getHealth()).streams.open).toBe(0)
  const stream = await api.fetch('/api/v1/events', { headers })
  expect([stream.status, (await viewer.getHealth()).streams.open]).toEqual([200, 1])
})

it('shows the load of hours and what fires in them, and refuses what is too long', async () => {
  const api = await startTestApi()
  const operator = await api.as('operator')
  const now = api.kamihi.clock.now()
  const job = await operator.createJob({ body: { action: 'report', cronExpression: '0 12 * * *' } })
  const query = { from: iso(now + day), to: iso(now + 8 * day) }
  const load = await operator.getScheduleLoad({ query })
  expect(load.hours.reduce((sum, { runs }) => sum + runs, 0)).toBe(7)
  expect(load.jobs).toEqual([{ id: job.id, name: null, action: 'report' }])
  expect(load.quietest).toHaveLength(5)
  const agenda = await operator.listAgenda({ query: { from: iso(now), to: iso(now + day) } })
  expect(agenda).toMatchObject({ total: 1, items: [{ jobId: job.id }] })
  const tooLong = { from: iso(now), to: iso(now + 36 * day) }
  expect(await problemOf(operator.getScheduleLoad({ query: tooLong }))).toMatchObject({
    code: 'invalid_request',
    errors: [{ path: 'to', message: 'has to be at most 35 days after `from`' }],
  })
  const turned = { from: iso(now + day), to: iso(now) }
  expect(await problemOf(operator.listAgenda({ query: turned }))).toMatchObject({ code: 'invalid_request' })
})

it('finds by a few letters', async () => {
  const api = await startTestApi()
  const operator = await api.as('operator')
  await operator.createRole({ body: { name: 'Reporters' } })
  const found = await (await api.as('viewer')).search({ query: { q: 'report' } })
  expect(found).toMatchObject({
    roles: [{ name: 'Reporters' }],
    actions: [{ name: 'report' }],
    jobs: [],
    runs: [],
  })
})

it('shows owners the configuration in effect without its secrets, and nobody else', async () => {
  const secret = 'a secret of some length'
  const api = await startTestApi({ webhooks: [{ url: 'https://example.org/x', secret }] })
  const settings = await (await api.as('owner')).getSettings()
  expect(settings.items.find(({ key }) => key === 'web.rate_limit')).toMatchObject({
    value: 0,
    default: 300,
    source: 'code',
  })
  expect(settings.facts).toMatchObject({
    version: '0.0.0-test',
    retention: { days: 90 },
    backups: { keep: 7 },
  })
  expect(JSON.stringify(settings)).not.toContain(secret)
  expect(await problemOf((await api.as('operator')).getSettings())).toMatchObject({ code: 'forbidden' })
})

it('lists what webhooks did', async () => {
  const api = await startTestApi({
    webhooks: [{ url: 'http://127.0.0.1:1/x', secret: 'a secret of some length', events: ['run.finished'] }],
  })
  const operator = await api.as('operator')
  const job = await operator.createJob({ body: { action: 'report', cronExpression: '0 0 1 1 *' } })
  const { runId } = await operator.runJob({
    params: { id: job.id },
    body: {},
    headers: { 'idempotency-key': 'a' },
  })
  await expect
    .poll(async () => (await operator.listWebhookDeliveries()).items, { timeout: 10_000 })
    .toMatchObject([
      { url: 'http://127.0.0.1:1/…', runId, event: 'run.finished', attempts: 1, state: 'pending' },
    ])
  expect((await operator.listWebhookDeliveries({ query: { state: 'failed' } })).items).toEqual([])
})
