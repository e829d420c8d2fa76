import { describe, expect, it } from 'vitest'
import { browser, call, samePage, startTestApi } from '../api.ts'

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
const job = (args: string) => `{"action":"greet","cronExpression":"0 9 * * *","args":{"a":${args}}}`

describe('JSON with more levels than anybody needs', () => {
  it.each<[string, string, string, string]>([
    ['the args of a job', '/jobs', job(nested(1000)), '/'],
    ['the args of a preview', '/jobs/preview', job(nested(16)), '/args'],
    ['the profile of a user', '/users', `{"telegramId":5,"name":"Eve","profile":{"a":${nested(5000)}}}`, '/'],
  ])('is refused in %s, and the field is named', async (_, path, body, field) => {
    const api = await startTestApi()
    const { cookie } = await browser(api, 'owner')
    // As text: a value of that depth cannot be written by JSON.stringify.
    const answer = await api.fetch(`/api/v1${path}`, {
      method: 'POST',
      headers: { ...samePage, cookie },
      body,
    })
    const problem = (await answer.json()) as { code: string; errors: { path: string }[] }
    expect(problem).toMatchObject({ code: 'invalid_request', errors: [{ path: field }] })
  })
})

it('a schedule of more spaces than any expression has is refused before it is read', async () => {
  const api = await startTestApi()
  const owner = await browser(api, 'owner')
  const cronExpression = `${' '.repeat(200_000)}* * * * *`
  for (const [path, more] of [
    ['/jobs/preview', {}],
    ['/jobs', { action: 'greet' }],
  ] as const) {
    const answer = await call(api, owner, 'POST', path, { cronExpression, ...more })
    expect(await answer.json()).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: '/cronExpression' }],
    })
  }
})
