import { describe, expect, it } from 'vitest'
import { browser, call, startTestApi } from '../api.ts'

describe('the limit of requests', () => {
  it('counts those for metrics', async () => {
    const api = await startTestApi({ web: { port: 0, rateLimit: 2 } })
    await browser(api, 'owner')
    const headers = { authorization: `Bearer ${await api.token('viewer')}` }
    const statuses = []
    for (let n = 0; n < 3; n += 1) statuses.push((await api.fetch('/metrics', { headers })).status)
    expect(statuses).toEqual([200, 200, 429])
  })

  it('counts those without credentials by where they come from, and holds up nobody who has them', async () => {
    const api = await startTestApi({ web: { port: 0, rateLimit: 3 } })
    const owner = await browser(api, 'owner')
    const statuses = []
    for (let n = 0; n < 4; n += 1) statuses.push((await api.fetch('/api/v1/jobs')).status)
    expect(statuses).toEqual([401, 401, 401, 429])
    expect((await call(api, owner, 'GET', '/jobs')).status).toBe(200)
  })

  it('counts each job that many are run by', async () => {
    const api = await startTestApi({ web: { port: 0, rateLimit: 1000 } })
    await browser(api, 'owner')
    const operator = await browser(api, 'operator')
    const ids = (count: number) => Array.from({ length: count }, (_, n) => `job-${n}`)
    const run = async (count: number) =>
      (await call(api, operator, 'POST', '/jobs/bulk', { verb: 'run', ids: ids(count) })).status
    expect([await run(1), await run(29), await run(1)]).toEqual([200, 200, 429])
    const single = await call(api, operator, 'POST', '/jobs/job-1/run', {})
    expect(single.status).toBe(429)
    const paused = await call(api, operator, 'POST', '/jobs/bulk', { verb: 'disable', ids: ids(3) })
    expect(paused.status).toBe(200)
  })
})
