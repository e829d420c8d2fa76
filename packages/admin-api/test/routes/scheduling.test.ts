import { ApiError } from '@kamihi/contracts/client'
import { describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../api.ts'

const problemOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ApiError)) throw new Error(`expected a refusal, got ${String(error)}`)
  return error.problem
}

async function withJob(api: TestApi) {
  const [client, viewer] = [await api.as('operator'), await api.as('viewer')]
  const job = await client.createJob({ body: { action: 'report', cronExpression: '0 0 1 1 *' } })
  return { client, viewer, job, params: { id: job.id } }
}

describe('a job over HTTP', () => {
  it('is paused with a reason and resumed, each as often as one likes, by operators only', async () => {
    const { client, viewer, job, params } = await withJob(await startTestApi())
    expect(job).toMatchObject({ paused: null, skips: [], nextRunAt: expect.any(String) })
    const paused = await client.pauseJob({ params, body: { reason: 'holiday' } })
    expect(paused).toMatchObject({
      paused: { by: 'operator', reason: 'holiday', at: expect.any(String) },
      nextRunAt: null,
      version: job.version,
    })
    expect((await client.pauseJob({ params, body: { reason: 'mine' } })).paused).toEqual(paused.paused)
    expect(await problemOf(viewer.resumeJob({ params }))).toMatchObject({ status: 403 })
    expect(await client.resumeJob({ params })).toMatchObject({ paused: null, nextRunAt: job.nextRunAt })
    expect(await client.resumeJob({ params })).toMatchObject({ paused: null })
    // A reason is not needed, nor is a body.
    expect((await client.pauseJob({ params })).paused).toMatchObject({ reason: null })
    expect(await problemOf(client.pauseJob({ params: { id: 'nothing' } }))).toMatchObject({ status: 404 })
  })

  it('leaves one run out, by default the next, and takes that back', async () => {
    const { client, job, params } = await withJob(await startTestApi())
    const skipped = await client.skipOccurrence({ params, body: { reason: 'new year' } })
    expect(skipped.skips).toEqual([{ scheduledFor: job.nextRunAt, by: 'operator', reason: 'new year' }])
    expect(Date.parse(skipped.nextRunAt ?? '')).toBeGreaterThan(Date.parse(job.nextRunAt ?? ''))
    const which = { ...params, scheduledFor: job.nextRunAt ?? '' }
    expect(await client.unskipOccurrence({ params: which })).toMatchObject({
      skips: [],
      nextRunAt: job.nextRunAt,
    })
    expect(await problemOf(client.unskipOccurrence({ params: which }))).toMatchObject({ status: 404 })
  })

  it('cannot leave out what it does not run at, and names the nearest times', async () => {
    const { client, job, params } = await withJob(await startTestApi())
    const scheduledFor = new Date(Date.parse(job.nextRunAt ?? '') + 60_000).toISOString()
    expect(await problemOf(client.skipOccurrence({ params, body: { scheduledFor } }))).toMatchObject({
      status: 422,
      code: 'not_scheduled',
      errors: [
        {
          path: '/scheduledFor',
          given: scheduledFor,
          allowed: [job.nextRunAt, expect.stringMatching(/-01-01T/)],
        },
      ],
    })
  })

  it('tells of every time in a stretch what became of it', async () => {
    const { client, viewer, job, params } = await withJob(await startTestApi())
    await client.skipOccurrence({ params, body: {} })
    const next = job.nextRunAt ?? ''
    const told = await viewer.listOccurrences({ params, query: { from: next, to: next } })
    expect(told).toMatchObject({
      from: next,
      to: next,
      truncated: false,
      items: [{ at: next, outcome: 'requested', sentence: 'operator asked to leave it out.', run: null }],
    })
    // By default the last day, in which it was not to run.
    expect((await viewer.listOccurrences({ params })).items).toEqual([])
    const past = new Date(Date.parse(next) - 1).toISOString()
    expect(
      await problemOf(viewer.listOccurrences({ params, query: { from: next, to: past } })),
    ).toMatchObject({
      status: 422,
      errors: [{ path: 'from' }],
    })
  })

  it('with a run that is open refuses another, and says what may be sent instead', async () => {
    const api = await startTestApi()
    const { client, params } = await withJob(api)
    const change = { actor: { kind: 'cli' as const, id: null, name: 'test' }, now: Date.now() }
    const asked = { jobId: params.id, args: null, onlyUserIds: null, dryRun: false }
    const { runs } = api.kamihi.store
    const state = async (id: string) => (await client.getRun({ params: { id } })).state
    let run: { id: string } | undefined
    // A run that another process has in hand, once that was faster than this one: it stays open.
    for (let n = 0; !run; n += 1) {
      await runs.enqueueManual({ ...asked, idempotencyKey: `${n}` }, change)
      const lease = { worker: 'elsewhere', until: Date.now() + 3_600_000 }
      run = (await runs.claim(lease, 1, Date.now()))[0]?.run
    }
    expect(await problemOf(client.runJob({ params, body: {} }))).toMatchObject({
      status: 409,
      code: 'overlap',
      current: { id: run.id },
      errors: [{ path: '/onOverlap', allowed: ['wait', 'replace'] }],
    })
    const { runId } = await client.runJob({ params, body: { onOverlap: 'replace' } })
    await expect.poll(() => state(runId)).toBe('completed')
    expect(await state(run.id)).toBe('cancelled')
  })
})

describe('the scheduler over HTTP', () => {
  it('is shown, paused with a reason and resumed; it stays ready', async () => {
    const api = await startTestApi()
    const { client, viewer, job, params } = await withJob(api)
    await expect
      .poll(() => viewer.getScheduler())
      .toMatchObject({
        state: 'running',
        paused: null,
        lastTickAt: expect.any(String),
        nextDueAt: job.nextRunAt,
        lagMs: 0,
      })
    expect(await problemOf(viewer.pauseScheduler())).toMatchObject({ status: 403 })
    expect(await client.pauseScheduler({ body: { reason: 'maintenance' } })).toMatchObject({
      state: 'paused',
      paused: { by: 'operator', reason: 'maintenance' },
      nextDueAt: null,
    })
    expect(await client.getJob({ params })).toMatchObject({
      nextRunAt: null,
      warnings: [{ code: 'scheduler_paused' }],
    })
    const ready = await api.fetch('/readyz')
    expect(ready.status).toBe(200)
    await expect.poll(async () => (await client.getScheduler()).state).toBe('paused')
    expect(await client.resumeScheduler()).toMatchObject({ state: 'running', paused: null })
    expect((await client.listJobs()).items[0]).toMatchObject({ nextRunAt: job.nextRunAt })
    const verbs = (await client.listAudit({ query: { objectKind: 'scheduler' } })).items.map(
      ({ verb }) => verb,
    )
    expect(verbs.sort()).toEqual(['scheduler.paused', 'scheduler.resumed'])
  })

  it('is disabled while jobs are', async () => {
    const api = await startTestApi({ jobs: { enabled: false } })
    expect(await (await api.as('viewer')).getScheduler()).toMatchObject({ state: 'disabled' })
  })
})
