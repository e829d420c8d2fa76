import { describe, expect, it } from 'vitest'
import { startTestApi } from '../api.ts'

describe('a list', () => {
  const refusal = async (path: string) => {
    const api = await startTestApi()
    const answer = await api.fetch(path, {
      headers: { authorization: `Bearer ${await api.token('viewer')}` },
    })
    return { status: answer.status, text: JSON.stringify(await answer.json()) }
  }

  it.each([
    ['/api/v1/users?sort=shoeSize', 'telegramId'],
    ['/api/v1/jobs?sort=shoeSize', 'nextRunAt'],
    ['/api/v1/runs?sort=shoeSize', 'scheduledFor'],
    ['/api/v1/roles?sort=shoeSize', 'userCount'],
    ['/api/v1/permissions?sort=shoeSize', 'updatedAt'],
    ['/api/v1/actions?sort=shoeSize', 'name'],
    ['/api/v1/runs?state=failed,funny', 'partial'],
  ])('names what is allowed instead of what it was asked for: %s', async (path, allowed) => {
    const { status, text } = await refusal(path)
    expect(status).toBe(422)
    expect(text).toContain(allowed)
  })

  it('refuses a cursor that it did not give', async () => {
    const { status, text } = await refusal('/api/v1/users?cursor=bm9uc2Vuc2U')
    expect(status).toBe(422)
    expect(text).toContain('"path":"cursor"')
  })

  it('of jobs begins with the one that runs next', async () => {
    const client = await (await startTestApi()).as('operator')
    const make = (name: string, cronExpression: string, enabled = true) =>
      client.createJob({ body: { action: 'report', name, cronExpression, enabled } })
    await make('off', '* * * * *', false)
    await make('yearly', '0 0 1 1 *')
    await make('now', '* * * * *')
    expect((await client.listJobs()).items.map(({ name }) => name)).toEqual(['now', 'yearly', 'off'])
  })

  it('of jobs knows the zone of the settings', async () => {
    const client = await (await startTestApi({ timezone: 'Europe/Madrid' })).as('operator')
    await client.createJob({ body: { action: 'report', cronExpression: '0 0 1 1 *' } })
    expect(await client.listJobs({ query: { timezone: 'Europe/Madrid' } })).toMatchObject({
      total: 1,
      totalIsExact: true,
    })
    expect(await client.listJobs({ query: { timezone: 'Asia/Tokyo' } })).toMatchObject({ total: 0 })
  })

  it('of runs takes several states', async () => {
    const client = await (await startTestApi()).as('operator')
    const job = await client.createJob({ body: { action: 'report', cronExpression: '0 0 1 1 *' } })
    await client.runJob({ params: { id: job.id }, body: {} })
    const states = ['queued', 'running', 'completed'] as const
    expect((await client.listRuns({ query: { state: [...states] } })).total).toBe(1)
    expect((await client.listRuns({ query: { state: 'expired' } })).total).toBe(0)
  })
})

describe('the audit log', () => {
  it('shows operators what was done to objects, and owners also who signed in', async () => {
    const api = await startTestApi()
    const { store } = api.kamihi
    const change = { actor: { kind: 'system' as const, id: null, name: 'x' }, now: 1 }
    const object = { kind: 'account', id: 'a', label: 'ana' }
    await store.audit.add({ verb: 'session.opened', object }, change)
    const operator = await api.as('operator')
    await operator.createRole({ body: { name: 'Team' } })
    const verbs = async (role: 'operator' | 'owner') =>
      (await (await api.as(role)).listAudit()).items.map(({ verb }) => verb)
    expect(await verbs('operator')).toContain('role.created')
    expect(await verbs('operator')).not.toContain('session.opened')
    expect(await verbs('owner')).toContain('session.opened')
    expect((await operator.listAudit({ query: { objectKind: 'account' } })).total).toBe(0)
  })
})
