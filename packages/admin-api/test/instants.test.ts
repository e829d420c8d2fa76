import { expect, it } from 'vitest'
import { browser, call, startTestApi } from './api.ts'

it('a leap second, which no clock of a computer shows, is refused wherever an instant is asked for', async () => {
  const api = await startTestApi()
  await browser(api, 'owner')
  const operator = await browser(api, 'operator')
  const leap = '2016-12-31T23:59:60Z'
  const stretch = `from=${leap}&to=2017-01-01T00:00:10Z`
  for (const [method, path, body] of [
    ['GET', `/runs?from=${leap}`],
    ['GET', `/schedule/load?${stretch}`],
    ['GET', `/schedule/occurrences?${stretch}`],
    ['GET', `/jobs/any/occurrences?${stretch}`],
    ['POST', '/jobs/any/skip', { scheduledFor: leap }],
    ['DELETE', `/jobs/any/skip/${leap}`],
    ['POST', '/jobs/preview', { cronExpression: '* * * * *', from: leap }],
  ] as const) {
    const answer = await call(api, operator, method, path, body)
    expect([path, answer.status, await answer.text()]).toEqual([
      path,
      422,
      expect.stringContaining('date-time'),
    ])
  }
})
