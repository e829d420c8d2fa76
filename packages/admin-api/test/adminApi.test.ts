import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createJobs } from '@kamihi/jobs'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createAdminApi } from '../src/index.ts'
import { password, post, startTestApi } from './api.ts'

/** A port that somebody else listens on. */
async function takenPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

it('a start that fails leaves nothing behind that listens to the bot', async () => {
  const { kamihi } = await startTestApi()
  const web = { ...kamihi.config.web, port: await takenPort() }
  const listening = new Set<object>()
  const on = vi.fn<typeof kamihi.events.on>((listener) => {
    listening.add(listener)
    return () => listening.delete(listener)
  })
  const bot = { ...kamihi, config: { ...kamihi.config, web }, events: { ...kamihi.events, on } }
  const api = createAdminApi({ kamihi: bot, jobs: createJobs({ kamihi }), version: '0', dashboard: null })
  await expect(api.start()).rejects.toThrow(/is taken by another program/)
  expect(on).toHaveBeenCalled()
  expect([...listening]).toEqual([])
})

it('the set-up link is there until the first owner is', async () => {
  const api = await startTestApi()
  expect(api.setupLink()).toMatch(/\/setup#token=/)
  await api.fetch('/api/v1/setup', post({ token: api.setupToken, username: 'ana', password }))
  expect(api.setupLink()).toBeNull()
})
