import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { metricTable } from '../../src/monitor/metricTable.ts'
import { startTestApi, type TestApi } from '../api.ts'

const scrape = async (api: TestApi): Promise<string> => {
  const headers = { authorization: `Bearer ${await api.token('viewer')}` }
  const answer = await api.fetch('/metrics', { headers })
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  return answer.text()
}
/** Value of a series; null when it is not there. */
const readingOf = (text: string, series: string): number | null => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  return line ? Number(line.slice(series.length + 1)) : null
}

it('counts runs and their recipients once, however often it is asked', async () => {
  const api = await startTestApi()
  const operator = await api.as('operator')
  await api.emulator.control.addUser({ id: 7, firstName: 'Ana' })
  const user = await operator.createUser({ body: { telegramId: 7 } })
  const job = await operator.createJob({
    body: { action: 'report', cronExpression: '0 0 1 1 *', userIds: [user.id] },
  })
  const { runId } = await operator.runJob({
    params: { id: job.id },
    body: {},
    headers: { 'idempotency-key': 'a' },
  })
  await expect.poll(async () => (await operator.getRun({ params: { id: runId } })).finishedAt).not.toBeNull()
  await scrape(api)
  const text = await scrape(api)
  expect(readingOf(text, 'kamihi_runs_finished_total{state="completed",trigger="manual"}')).toBe(1)
  expect(readingOf(text, 'kamihi_deliveries_finished_total{state="sent"}')).toBe(1)
  expect(readingOf(text, 'kamihi_messages_total{outcome="sent"}')).toBe(1)
  expect(readingOf(text, 'kamihi_jobs{state="enabled"}')).toBe(1)
  expect(readingOf(text, 'kamihi_runs_open{state="running"}')).toBe(0)
  expect(readingOf(text, 'kamihi_database_writable')).toBe(1)
  expect(
    readingOf(text, 'kamihi_http_requests_total{method="POST",endpoint="/api/v1/jobs",status="201"}'),
  ).toBe(1)
  expect(readingOf(text, 'kamihi_http_request_duration_seconds_count{endpoint="/metrics"}')).toBe(1)
})

it('has every metric of the table and no other', async () => {
  const text = await scrape(await startTestApi())
  const told = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => [name, type])
  expect(told).toEqual(Object.entries(metricTable).map(([name, { type }]) => [name, type]))
})

it('is for those who may look, unless the configuration opens it to everybody', async () => {
  const closed = await startTestApi()
  await closed.token('viewer')
  expect((await closed.fetch('/metrics')).status).toBe(401)
  const open = await startTestApi({ web: { port: 0, rateLimit: 0, metricsPublic: true } })
  expect((await open.fetch('/metrics')).status).toBe(200)
})

it('the dashboard of Grafana names no metric that does not exist', () => {
  const file = new URL('../../../../docs/grafana/kamihi.json', import.meta.url)
  const { panels } = JSON.parse(readFileSync(file, 'utf8')) as { panels: { targets: { expr: string }[] }[] }
  const named = panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) =>
      [...expr.matchAll(/kamihi_\w+/g)].map(([name]) => name.replace(/_bucket$/, '')),
    ),
  )
  expect(named.length).toBeGreaterThan(10)
  for (const name of new Set(named)) expect(Object.keys(metricTable)).toContain(name)
})
