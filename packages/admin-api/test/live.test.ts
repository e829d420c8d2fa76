import { eventsPath } from '@kamihi/contracts'
import { expect, it } from 'vitest'
import { startTestApi } from './api.ts'

it('a bot stops though somebody who read live events has gone without a word', async () => {
  const api = await startTestApi()
  const authorization = `Bearer ${await api.token('viewer')}`
  const stream = await api.fetch(eventsPath, { headers: { authorization } })
  await stream.body?.cancel()
  await expect(api.kamihi.stop()).resolves.toBeUndefined()
  await expect(api.fetch('/healthz')).rejects.toThrow()
})
