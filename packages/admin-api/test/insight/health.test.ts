import type { ApiError } from '@kamihi/contracts/client'
import { StoreError } from '@kamihi/store'
import { provoke } from '@kamihi/store/testing'
import { expect, it, vi } from 'vitest'
import { startTestApi, type TestApi } from '../api.ts'

const ready = async (api: TestApi) => {
  const answer = await api.fetch('/readyz')
  return { status: answer.status, body: (await answer.json()) as unknown }
}

const problemOf = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: unknown) => ({
      ...(error as ApiError).problem,
      retryAfter: (error as ApiError).retryAfterSeconds,
    }),
  )

const valid = { cronExpression: '0 9 * * *' }

it.each([
  ['full', 'The disk of the database is full.'],
  ['readonly', 'The database is read-only.'],
] as const)(
  'While the database is %s, readyz says so, what would change something is refused with the reason, and reading goes on',
  async (fault, detail) => {
    const api = await startTestApi()
    const { store, health } = api.kamihi
    // Neither token was used before: that it is now would be written down.
    const [viewer, operator] = [await api.as('viewer'), await api.as('operator')]
    expect(await ready(api)).toEqual({ status: 200, body: { status: 'ok' } })

    provoke(store, fault)
    const first = await problemOf(
      operator.createUser({ body: { telegramId: 7, profile: { note: 'x'.repeat(60_000) } } }),
    )
    expect(first).toMatchObject({ status: 503, code: 'unavailable', detail })
    expect(health.isWritable()).toBe(false)
    expect(health.status()).toMatchObject({ reason: fault })
    // Who is not signed in learns no more than this.
    expect(await ready(api)).toEqual({ status: 503, body: { status: 'not_ok' } })
    const refused = { status: 503, code: 'unavailable', detail, retryAfter: 15 }
    expect(await problemOf(operator.createRole({ body: { name: 'Team' } }))).toMatchObject(refused)
    expect(await problemOf(viewer.createRole({ body: { name: 'Team' } }))).toMatchObject({ status: 403 })
    expect((await viewer.listUsers()).total).toBe(0)
    expect((await viewer.previewJob({ body: valid })).nextRuns).toHaveLength(5)
    expect((await api.fetch('/healthz')).status).toBe(200)
  },
)

it('A database that another process keeps locked is a reason to try again, and no more than that', async () => {
  const api = await startTestApi()
  const operator = await api.as('operator')
  vi.spyOn(api.kamihi.store.roles, 'create').mockRejectedValue(new StoreError('busy', 'locked'))
  expect(await problemOf(operator.createRole({ body: { name: 'Team' } }))).toMatchObject({
    status: 503,
    code: 'unavailable',
    detail: 'Another process keeps the database locked.',
    retryAfter: 1,
  })
  expect(api.kamihi.health.isWritable()).toBe(true)
})
