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

async function withPeople(api: TestApi) {
  const client = await api.as('operator')
  await api.emulator.control.addUser({ id: 7, firstName: 'Ana' })
  const user = await client.createUser({ body: { telegramId: 7, name: 'Ana' } })
  const role = await client.createRole({ body: { name: 'Team', userIds: [user.id] } })
  return { client, user, role }
}

describe('a job', () => {
  it('is created, shown, changed, run and followed to its end', async () => {
    const api = await startTestApi()
    const { client, user } = await withPeople(api)
    const job = await client.createJob({
      body: {
        action: 'report',
        cronExpression: '0 9 * * 1-5',
        perUser: true,
        userIds: [user.id],
        timezone: 'Europe/Madrid',
      },
    })
    expect(job).toMatchObject({
      action: 'report',
      enabled: true,
      description: 'At 09:00, Monday through Friday',
      effectiveTimezone: 'Europe/Madrid',
      recipientCount: 1,
      warnings: [],
      version: 1,
    })
    expect(job.nextRunAt).toMatch(/^\d{4}-.*Z$/)
    const changed = await client.updateJob({ params: { id: job.id }, body: { version: 1, enabled: false } })
    expect(changed).toMatchObject({ enabled: false, version: 2, nextRunAt: null })
    const { runId } = await client.runJob({
      params: { id: job.id },
      body: {},
      headers: { 'idempotency-key': 'once' },
    })
    expect(
      (await client.runJob({ params: { id: job.id }, body: {}, headers: { 'idempotency-key': 'once' } }))
        .runId,
    ).toBe(runId)
    await expect.poll(async () => (await client.getRun({ params: { id: runId } })).state).toBe('completed')
    const { items } = await client.listDeliveries({ params: { id: runId } })
    expect(items).toMatchObject([
      {
        userId: user.id,
        userName: 'Ana',
        state: 'sent',
        parts: [{ messageId: 1 }],
        possiblyDuplicated: false,
      },
    ])
    expect((await client.getJob({ params: { id: job.id } })).lastRuns).toMatchObject([
      { id: runId, state: 'completed' },
    ])
  })

  it('with a wrong expression is refused next to its field, with a reason, and says it nowhere else', async () => {
    const { client } = await withPeople(await startTestApi())
    const problem = await problemOf(
      client.createJob({ body: { action: 'report', cronExpression: '5/15 * * * *' } }),
    )
    expect(problem).toMatchObject({ status: 422, code: 'invalid_cron', title: 'Invalid cron expression.' })
    expect(problem.detail).toBeUndefined()
    expect(problem.errors?.[0]).toMatchObject({
      path: '/cronExpression',
      given: '5/15 * * * *',
      allowed: '5-59/15 * * * *',
      message: expect.stringMatching(/^Invalid cron expression\. .+Did you mean/),
    })
  })

  it.each([
    [
      { action: 'report', cronExpression: '* * * * *', colour: 'red' },
      '/colour',
      'is not a field of this request',
    ],
    [{ cronExpression: '* * * * *' }, '/action', 'is required'],
    [
      { action: 'report', cronExpression: '* * * * *', perUser: 'yes' },
      '/perUser',
      'has to be true or false',
    ],
    [
      { action: 'report', cronExpression: '* * * * *', overlap: 'maybe' },
      '/overlap',
      'has to be one of "skip", "queue", "replace", "allow"',
    ],
  ])('%# names the field at fault', async (body, path, message) => {
    const api = await startTestApi()
    const answer = await api.fetch('/api/v1/jobs', {
      method: 'POST',
      headers: { authorization: `Bearer ${await api.token('operator')}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(answer.status).toBe(422)
    expect(((await answer.json()) as { errors: unknown[] }).errors).toContainEqual(
      expect.objectContaining({ path, message }),
    )
  })

  it('with a wrong field says what was given, and never repeats a password', async () => {
    const api = await startTestApi()
    const post = async (path: string, body: unknown) => {
      const answer = await api.fetch(path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await api.token('operator')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      })
      return ((await answer.json()) as { errors: unknown[] }).errors
    }
    expect(await post('/api/v1/users', { telegramId: 'seven' })).toEqual([
      {
        path: '/telegramId',
        message: 'has to be a whole number',
        issue: { kind: 'type', type: 'integer' },
        given: 'seven',
      },
    ])
    expect(await post('/api/v1/setup', { token: 'x', username: 'ana', password: 'short' })).toEqual([
      {
        path: '/password',
        message: 'needs at least 12 characters',
        issue: { kind: 'min_length', limit: 12 },
      },
    ])
  })

  it('keeps what a change does not name', async () => {
    const api = await startTestApi()
    const { client, user } = await withPeople(api)
    const settings = { enabled: false, perUser: true, userIds: [user.id], retries: 3 }
    const { id, version } = await client.createJob({
      body: { action: 'report', cronExpression: '0 9 * * *', ...settings },
    })
    const body = { version, name: 'Renamed' }
    expect(await client.updateJob({ params: { id }, body })).toMatchObject({ ...settings, name: 'Renamed' })
  })

  it('that somebody else changed meanwhile is not overwritten', async () => {
    const { client } = await withPeople(await startTestApi())
    const job = await client.createJob({ body: { action: 'report', cronExpression: '0 9 * * *' } })
    await client.updateJob({ params: { id: job.id }, body: { version: 1, name: 'first' } })
    const problem = await problemOf(
      client.updateJob({ params: { id: job.id }, body: { version: 1, name: 'second' } }),
    )
    expect(problem).toMatchObject({
      status: 409,
      code: 'version_conflict',
      current: { name: 'first', version: 2 },
    })
  })

  it('names the users and roles that do not exist', async () => {
    const { client } = await withPeople(await startTestApi())
    expect(
      await problemOf(
        client.createJob({ body: { action: 'report', cronExpression: '* * * * *', userIds: ['ghost'] } }),
      ),
    ).toMatchObject({ code: 'unknown_reference', errors: [{ path: '/userIds', given: ['ghost'] }] })
  })

  it('is previewed with its next runs, recipients and warnings', async () => {
    const { client, user, role } = await withPeople(await startTestApi())
    const body = {
      cronExpression: '30 2 * * *',
      timezone: 'Europe/Madrid',
      from: '2027-03-27T12:00:00.000Z',
      count: 1,
      userIds: [user.id],
      roleIds: [role.id],
      action: 'weather',
      args: { town: 'Paris' },
    }
    expect(await client.previewJob({ body })).toMatchObject({
      description: 'At 02:30',
      nextRuns: [{ at: '2027-03-28T01:00:00.000Z', note: expect.stringContaining('does not exist') }],
      recipients: { total: 1, direct: 1, byRole: 1, unreachable: 0, sample: [{ name: 'Ana' }] },
      warnings: [
        { code: 'missing_arg', path: '/args/city' },
        { code: 'unknown_arg', path: '/args/town' },
      ],
    })
  })

  it('cannot be run while jobs are off', async () => {
    const { client } = await withPeople(await startTestApi({ jobs: { enabled: false } }))
    const job = await client.createJob({ body: { action: 'report', cronExpression: '* * * * *' } })
    expect(job.warnings).toMatchObject([{ code: 'jobs_disabled' }])
    expect(await problemOf(client.runJob({ params: { id: job.id }, body: {} }))).toMatchObject({
      status: 409,
      code: 'jobs_disabled',
    })
  })

  it('is not run with args that do not fit where jobs.strict_args is on, nor for people who do not exist', async () => {
    const { client } = await withPeople(await startTestApi({ jobs: { enabled: true, strictArgs: true } }))
    const { id } = await client.createJob({
      body: { action: 'weather', cronExpression: '0 0 1 1 *', args: { city: 'Paris' } },
    })
    const refused = (body: object) => problemOf(client.runJob({ params: { id }, body }))
    expect(await refused({ args: { city: 'Rome' } })).toMatchObject({
      code: 'invalid_args',
      errors: [{ path: '/args/city', issue: { kind: 'wrong_type', given: 'Rome' } }],
    })
    expect(await refused({ onlyUserIds: ['ghost'] })).toMatchObject({
      code: 'unknown_reference',
      errors: [{ path: '/onlyUserIds', given: ['ghost'] }],
    })
    expect((await client.listRuns()).total).toBe(0)
  })

  it('that is removed keeps its history', async () => {
    const { client, user } = await withPeople(await startTestApi())
    const job = await client.createJob({
      body: { action: 'report', cronExpression: '0 0 1 1 *', userIds: [user.id] },
    })
    const { runId } = await client.runJob({ params: { id: job.id }, body: {} })
    await client.deleteJob({ params: { id: job.id } })
    expect((await client.listJobs()).items).toEqual([])
    expect(await client.getRun({ params: { id: runId } })).toMatchObject({ jobId: job.id })
  })
})

describe('live events', () => {
  it('tell of a run as it goes', async () => {
    const api = await startTestApi()
    const { client, user } = await withPeople(api)
    const job = await client.createJob({
      body: { action: 'report', cronExpression: '0 0 1 1 *', perUser: true, userIds: [user.id] },
    })
    const abort = new AbortController()
    const stream = await api.fetch('/api/v1/events', {
      headers: { authorization: `Bearer ${await api.token('viewer')}` },
      signal: abort.signal,
    })
    const reader = (stream.body as ReadableStream<Uint8Array>)
      .pipeThrough(new TextDecoderStream())
      .getReader()
    await client.runJob({ params: { id: job.id }, body: {} })
    let text = ''
    while (!text.includes('"state":"completed"')) text += (await reader.read()).value ?? ''
    abort.abort()
    expect(text).toMatch(/event: run\.changed\ndata: \{"type":"run\.changed"/)
  })
})

describe('changes', () => {
  it('are in the audit log, with who made them', async () => {
    const { client } = await withPeople(await startTestApi())
    const { items } = await client.listAudit()
    expect(items.map((entry) => [entry.verb, entry.actor.name])).toEqual(
      expect.arrayContaining([
        ['user.created', 'operator'],
        ['role.created', 'operator'],
      ]),
    )
  })

  it('reach the menu of the person they are about', async () => {
    const api = await startTestApi()
    const { client, role } = await withPeople(api)
    await client.createPermission({ body: { action: 'report', roleIds: [role.id] } })
    await expect
      .poll(() => api.emulator.control.commandsFor(7))
      .toEqual([{ command: 'report', description: 'A report' }])
  })
})
