import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/index.ts'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'kamihi-config-'))
})
const file = (name: string, content: string) => writeFileSync(join(cwd, name), content)

describe('the configuration', () => {
  it('has the defaults of the original', async () => {
    const { config } = await loadConfig({ cwd })
    expect(config).toMatchObject({
      timezone: 'UTC',
      token: null,
      jobs: { enabled: false },
      web: { host: 'localhost', port: 4242 },
      db: { url: 'sqlite:///kamihi.db' },
    })
  })

  it('takes code over environment over .env over file', async () => {
    file(
      'kamihi.yaml',
      'web: { port: 5001, host: "127.0.0.1" }\njobs:\n  enabled: false\ntimezone: Europe/Madrid\n',
    )
    file('.env', 'KAMIHI_WEB__PORT=5002\nKAMIHI_JOBS__ENABLED=true\n')
    const { config, sources } = await loadConfig({
      cwd,
      env: { KAMIHI_WEB__PORT: '5003' },
      overrides: { web: { port: 5004 } },
    })
    expect(config).toMatchObject({
      web: { port: 5004, host: '127.0.0.1' },
      jobs: { enabled: true },
      timezone: 'Europe/Madrid',
    })
    expect(sources).toMatchObject({
      'web.port': 'code or command line',
      'jobs.enabled': 'KAMIHI_JOBS__ENABLED in .env',
    })
  })

  it('reads snake_case and camelCase', async () => {
    file('kamihi.yaml', 'db:\n  pages_expiration_days: 3\nlog:\n  stdoutLevel: DEBUG\n')
    expect((await loadConfig({ cwd })).config).toMatchObject({
      db: { pagesExpirationDays: 3 },
      log: { stdoutLevel: 'DEBUG' },
    })
  })

  it('reads the named file and no other', async () => {
    file('kamihi.yaml', 'timezone: Europe/Madrid\n')
    file('other.yaml', 'web: { port: 6000 }\n')
    const { config } = await loadConfig({ cwd, env: { KAMIHI_CONFIG_FILE: 'other.yaml' } })
    expect([config.timezone, config.web.port]).toEqual(['UTC', 6000])
  })

  it.each([
    [
      { KAMIHI_WEB__PORT: 'high' },
      /web\.port is "high" \(environment variable KAMIHI_WEB__PORT\); expected is an integer, at least 0 and at most 65535/,
    ],
    [{ KAMIHI_TIMEZONE: 'CET' }, /timezone is "CET".*Europe\/Madrid/],
    [{ KAMIHI_JOBS__ENABLED: 'perhaps' }, /jobs\.enabled is "perhaps".*boolean/],
    [{ KAMIHI_LOG__STDOUT_LEVEL: 'LOUD' }, /log\.stdout_level is "LOUD".*TRACE, DEBUG/],
    [{ KAMIHI_JOBS__ENABELD: 'true' }, /Unknown key jobs\.enabeld.*Did you mean jobs\.enabled\?/],
  ])('refuses %j and says what is allowed', async (env, message) => {
    await expect(loadConfig({ cwd, env })).rejects.toThrow(message)
  })

  it('never shows a wrong token', async () => {
    await expect(loadConfig({ cwd, env: { KAMIHI_TOKEN: '123456:secret' } })).rejects.toThrow(
      /^(?!.*secret).*token is \*\*\*/,
    )
  })
})
