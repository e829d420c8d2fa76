import type { AuditEntry, User } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { browser, call, change, codeOf, startTestApi, type TestApi, valueIn } from '../api.ts'

/** Users with these names, whose profiles nobody else should see. */
async function withUsers(api: TestApi, names: string[]): Promise<User[]> {
  const users: User[] = []
  for (const [index, name] of names.entries()) {
    const given = { telegramId: 100 + index, name, profile: { city: `Secret ${index}` } }
    users.push(valueIn<User>(await api.kamihi.store.users.create(given, change)))
  }
  return users
}

const lines = (text: string) => text.trimEnd().split('\r\n')
const exportsIn = async ({ kamihi }: TestApi): Promise<AuditEntry[]> =>
  (await kamihi.store.audit.list({})).items.filter(({ verb }) => verb.endsWith('.exported'))

describe('an export of a list', () => {
  it('is a file with all that the query finds, in its order', async () => {
    const api = await startTestApi()
    await withUsers(api, ['Ana', 'Luis', 'Anabel'])
    const client = await api.as('operator')
    const body = { format: 'csv', q: 'ana', sort: 'name', order: 'desc' } as const
    const { name, blob } = await client.exportUsers({ body })
    expect(name).toMatch(/^users-\d{4}-\d\d-\d\d\.csv$/)
    const [head, ...rows] = lines(await blob.text())
    const column = head?.split(',').indexOf('name') ?? -1
    expect(rows.map((row) => row.split(',')[column])).toEqual(['Anabel', 'Ana'])
  })

  it('goes on behind the first page', async () => {
    const api = await startTestApi()
    const role = valueIn<{ id: string }>(await api.kamihi.store.roles.create({ name: 'Sales' }, change))
    await withUsers(
      api,
      Array.from({ length: 203 }, (_, index) => `Person ${index}`),
    )
    const client = await api.as('operator')
    const { blob } = await client.exportUsers({ body: { format: 'json', countJobs: true } })
    const all = JSON.parse(await blob.text()) as User[]
    expect(new Set(all.map(({ id }) => id)).size).toBe(203)
    const first = await client.getUser({ params: { id: all[0]?.id ?? '' } })
    expect(all[0]).toEqual({ ...first, jobCount: 0 })
    const roles = await client.exportRoles({ body: { format: 'json' } })
    expect(JSON.parse(await roles.blob.text())).toEqual([
      expect.objectContaining({ id: role.id, userCount: 0 }),
    ])
    const actions = await client.exportActions({ body: { format: 'json', q: 'weather' } })
    expect(JSON.parse(await actions.blob.text())).toEqual([
      await client.getAction({ params: { name: 'weather' } }),
    ])
    const none = await client.exportUsers({ body: { format: 'json', q: 'nobody' } })
    expect(JSON.parse(await none.blob.text())).toEqual([])
  })

  it('writes no cell that a spreadsheet would run (checklist 53)', async () => {
    const api = await startTestApi()
    await withUsers(api, ['=HYPERLINK("http://evil.example")'])
    const { blob } = await (await api.as('operator')).exportUsers({ body: { format: 'csv' } })
    expect(await blob.text()).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
  })

  it('hides from viewers what their lists hide', async () => {
    const api = await startTestApi()
    await withUsers(api, ['Ana'])
    for (const format of ['csv', 'json'] as const) {
      const { blob } = await (await api.as('viewer')).exportUsers({ body: { format } })
      expect(await blob.text()).not.toContain('Secret')
      const found = await (await api.as('viewer')).exportUsers({ body: { format, q: 'Secret' } })
      expect(await found.blob.text()).not.toContain('Ana')
      const whole = await (await api.as('operator')).exportUsers({ body: { format } })
      expect(await whole.blob.text()).toContain('Secret')
    }
  })

  it('keeps from operators what only owners read in the audit log', async () => {
    const api = await startTestApi()
    const { store } = api.kamihi
    const object = { kind: 'account', id: '1', label: 'hidden-account' }
    await store.audit.add({ verb: 'account.updated', object }, change)
    const body = { format: 'csv' } as const
    const operators = await (await api.as('operator')).exportAudit({ body })
    expect(await operators.blob.text()).not.toContain('hidden-account')
    const owners = await (await api.as('owner')).exportAudit({ body })
    expect(await owners.blob.text()).toContain('hidden-account')
    await expect((await api.as('viewer')).exportAudit({ body })).rejects.toMatchObject({
      problem: { code: 'forbidden' },
    })
  })

  it('is in the audit log once, with its filters and how many rows left (checklist 43)', async () => {
    const api = await startTestApi()
    await withUsers(api, ['Ana', 'Luis'])
    const client = await api.as('operator')
    await (await client.exportUsers({ body: { format: 'csv', q: 'Ana' } })).blob.text()
    expect(await exportsIn(api)).toMatchObject([
      {
        verb: 'user.exported',
        actor: { kind: 'token', name: 'operator' },
        object: { kind: 'user', id: null },
        changes: {
          format: { before: null, after: 'csv' },
          query: { before: null, after: { q: 'Ana' } },
          rows: { before: null, after: 1 },
          isComplete: { before: null, after: true },
        },
      },
    ])
  })

  it('holds the deliveries of a run, and is refused for a run that does not exist', async () => {
    const api = await startTestApi()
    const [ana] = await withUsers(api, ['Ana'])
    const client = await api.as('operator')
    const job = await client.createJob({
      body: { action: 'report', cronExpression: '0 9 * * *', perUser: true, userIds: [ana?.id ?? ''] },
    })
    const { runId } = await client.runJob({ params: { id: job.id }, body: {} })
    // Ana has never written to the bot.
    await expect.poll(async () => (await client.getRun({ params: { id: runId } })).state).toBe('failed')
    const { blob } = await client.exportDeliveries({ params: { id: runId }, body: { format: 'json' } })
    const { items } = await client.listDeliveries({ params: { id: runId } })
    expect(items).toHaveLength(1)
    expect(JSON.parse(await blob.text())).toEqual(items)
    expect(await exportsIn(api)).toMatchObject([{ object: { kind: 'run', id: runId } }])
    const jobs = await client.exportJobs({ body: { format: 'json', q: 'report' } })
    expect(JSON.parse(await jobs.blob.text())).toMatchObject([{ id: job.id, action: 'report' }])
    const runs = await client.exportRuns({ body: { format: 'json', state: ['failed'] } })
    expect(JSON.parse(await runs.blob.text())).toMatchObject([{ id: runId, counts: { total: 1, sent: 0 } }])
    await expect(
      client.exportDeliveries({ params: { id: 'nothing' }, body: { format: 'csv' } }),
    ).rejects.toMatchObject({ problem: { code: 'not_found' } })
  })

  it('begins nowhere but in a page of ours, and not by an address', async () => {
    const api = await startTestApi()
    await browser(api, 'owner')
    const { cookie } = await browser(api, 'viewer')
    const foreign = await api.fetch('/api/v1/users/export', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site', cookie },
      body: '{"format":"csv"}',
    })
    expect(await codeOf(foreign)).toBe('csrf')
    expect((await call(api, { cookie }, 'GET', '/users/export?format=csv')).status).toBe(404)
    expect(await exportsIn(api)).toEqual([])
  })
})

describe('an export that is broken off', () => {
  const many = 620
  /** Asks for a file that does not fit what a connection holds by itself. */
  async function begun(api: TestApi) {
    const profile = { text: 'y'.repeat(20_000) }
    for (let index = 0; index < many; index += 1)
      await api.kamihi.store.users.create({ telegramId: 100 + index, profile }, change)
    const authorization = `Bearer ${await api.token('operator')}`
    const ending = new AbortController()
    const ask = () =>
      api.fetch('/api/v1/users/export', {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: '{"format":"json"}',
        signal: ending.signal,
      })
    return { ask, ending }
  }

  it('is audited with the rows that had left, and not as complete', async () => {
    const api = await startTestApi()
    const { ask, ending } = await begun(api)
    const answer = await ask()
    expect(answer.status).toBe(200)
    expect(await exportsIn(api)).toEqual([])
    ending.abort()
    await expect.poll(() => exportsIn(api)).toHaveLength(1)
    const [entry] = await exportsIn(api)
    expect(entry?.changes.isComplete).toEqual({ before: null, after: false })
    expect(Number(entry?.changes.rows?.after)).toBeLessThan(many)
  })

  it('keeps its place as long as nobody reads it, so that a third one of the same token is refused', async () => {
    const api = await startTestApi()
    const { ask, ending } = await begun(api)
    await ask()
    await ask()
    const third = await ask()
    expect([third.status, third.headers.get('retry-after')]).toEqual([503, '5'])
    ending.abort()
    await expect.poll(async () => (await exportsIn(api)).length).toBe(2)
  })

  it('does not keep the bot from stopping, and is audited then', async () => {
    const api = await startTestApi()
    const { ask } = await begun(api)
    const answer = await ask()
    const noted: string[] = []
    const { add } = api.kamihi.store.audit
    api.kamihi.store.audit.add = async (entry, by) => {
      await add(entry, by)
      noted.push(entry.verb)
    }
    await api.kamihi.stop()
    expect(noted).toContain('user.exported')
    await expect(answer.text()).rejects.toThrow()
  })
})
