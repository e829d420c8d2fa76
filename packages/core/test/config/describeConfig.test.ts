import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeConfig } from '../../src/config/describeConfig.ts'
import { loadConfig } from '../../src/config/loadConfig.ts'

const token = `123456789:${'a'.repeat(35)}`
const secret = 'a secret of some length'

async function described(env: Record<string, string> = {}, overrides: object = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'kamihi-config-'))
  writeFileSync(
    join(cwd, 'kamihi.yaml'),
    `timezone: Europe/Madrid\nwebhooks:\n  - url: https://example.org/hidden-path?key=hidden-key\n    secret: ${secret}\n`,
  )
  writeFileSync(join(cwd, '.env'), `KAMIHI_JOBS__ENABLED=true\nKAMIHI_TOKEN=${token}\n`)
  const loaded = await loadConfig({ cwd, env, overrides })
  const items = describeConfig(loaded.config, loaded)
  return { items, of: (key: string) => items.find((item) => item.key === key) }
}

it('tells of each key its value, where that comes from and how to change it', async () => {
  const { of } = await described({ KAMIHI_WEB__PORT: '5000' }, { web: { host: '127.0.0.1' } })
  expect(of('web.port')).toMatchObject({
    value: 5000,
    default: 4242,
    source: 'environment',
    sourceDetail: 'environment variable KAMIHI_WEB__PORT',
    env: 'KAMIHI_WEB__PORT',
    description: 'Its port',
  })
  expect(of('web.host')).toMatchObject({ source: 'code' })
  expect(of('timezone')).toMatchObject({
    source: 'file',
    sourceDetail: expect.stringMatching(/kamihi\.yaml$/),
  })
  expect(of('jobs.enabled')).toMatchObject({ value: true, source: 'dotenv' })
  expect(of('web.public_url')).toMatchObject({ value: null, source: 'default' })
})

it('never tells a secret', async () => {
  const { items, of } = await described()
  expect(of('token')).toMatchObject({ value: 'set', secret: true })
  expect(of('log.notification_urls')).toMatchObject({ value: 'not set' })
  expect(of('webhooks')?.value).toMatchObject([
    { url: 'https://example.org/…', secret: 'set', events: ['run.finished', 'run.failed'] },
  ])
  const text = JSON.stringify(items)
  for (const hidden of [token, secret, 'hidden-']) expect(text).not.toContain(hidden)
})

it('refuses a webhook that could not be called, or could be forged', async () => {
  const load = (webhook: object) =>
    loadConfig({ cwd: mkdtempSync(join(tmpdir(), 'kamihi-config-')), overrides: { webhooks: [webhook] } })
  await expect(load({ url: 'ftp://example.org', secret })).rejects.toThrow(
    'webhooks.0.url is "ftp://example.org"',
  )
  await expect(load({ url: 'https://me:pass@example.org', secret })).rejects.toThrow('webhooks.0.url')
  await expect(load({ url: 'https://example.org', secret: 'short' })).rejects.toThrow(
    'webhooks.0.secret is *** (code or command line); expected is a string, at least 16 characters.',
  )
  await expect(load({ url: 'https://example.org', secret, retries: 3 })).rejects.toThrow('webhooks.0.retries')
})
