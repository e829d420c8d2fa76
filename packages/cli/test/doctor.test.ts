import { chmodSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { jobDefaults } from '@kamihi/contracts'
import { openStore } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { freePort, greet, kamihi, project, running } from './cli.ts'

const change = { actor: { kind: 'cli', id: null, name: 'test' }, now: 0 } as const
const action = {
  name: 'greet',
  commands: ['greet'],
  description: null,
  argsSchema: null,
  idempotent: true,
  error: null,
}

interface Report {
  version: string
  level: string
  findings: { check: string; level: string; found: string; action: string | null }[]
}

async function doctor(dir: string, ...args: string[]) {
  const { code, stdout, stderr } = await kamihi(dir, ['doctor', '--json', ...args])
  expect(stderr).toBe('')
  const report = JSON.parse(stdout) as Report
  const wrong = report.findings.filter(({ level }) => level !== 'ok')
  return { code, report, wrong: Object.fromEntries(wrong.map((one) => [one.check, one])) }
}

const databaseOf = (dir: string) => openStore({ url: `sqlite:///${join(dir, 'kamihi.db')}` })

describe('kamihi doctor', () => {
  it('finds nothing wrong with a bot that runs, and says what it looked at', async () => {
    const dir = project({ 'actions/greet.ts': greet, 'kamihi.yaml': 'jobs: { enabled: true }' })
    await running(dir, {
      KAMIHI_WEB__PORT: `${await freePort()}`,
      KAMIHI_TELEGRAM__EMULATOR__PORT: `${await freePort()}`,
    })
    const { code, report } = await doctor(dir, '--deep')
    expect(report.findings.filter(({ level }) => level !== 'ok')).toEqual([])
    expect([code, report.level]).toEqual([0, 'ok'])
    expect(report.findings.map(({ check }) => check)).toEqual([
      'node',
      'sqlite',
      'timezone_data',
      'configuration',
      'actions',
      'file_modes',
      'disk_space',
      'database',
      'integrity',
      'schema',
      'foreign_keys',
      'counts',
      'orphans',
      'audit',
      'leases',
      'jobs',
      'backup',
      'telegram',
      'exposure',
    ])
    for (const finding of report.findings)
      expect(Object.keys(finding).sort()).toEqual(['action', 'check', 'found', 'level'])
  })

  it('names the file and line of an action that cannot be loaded', async () => {
    const dir = project({ 'actions/greet.ts': greet, 'actions/bad.ts': "\n\nthrow new Error('no key')\n" })
    const { code, wrong } = await doctor(dir)
    expect(code).toBe(1)
    expect(wrong.actions).toMatchObject({
      level: 'warning',
      found: 'actions/bad.ts:3 could not be loaded: no key',
    })
  })

  it('of what works and should be mended warns, with exit code 1, in lines for people too', async () => {
    const dir = project({ '.env': 'KAMIHI_WEB__PUBLIC_URL=http://bot.example\nKAMIHI_WEB__INSECURE=true\n' })
    const store = await databaseOf(dir)
    await store.actions.sync([action], 0)
    const job = {
      ...jobDefaults,
      userIds: [],
      roleIds: [],
      args: {},
      action: 'greet',
      cronExpression: '0 9 * * *',
    }
    await store.jobs.create(job, null, change)
    await store.close()
    chmodSync(join(dir, 'kamihi.db'), 0o644)
    const { code, report, wrong } = await doctor(dir)
    expect([code, report.level]).toEqual([1, 'warning'])
    expect(Object.keys(wrong).sort()).toEqual(['exposure', 'file_modes', 'jobs'])
    expect(wrong.file_modes).toMatchObject({ action: 'chmod 600 kamihi.db' })
    const { stdout } = await kamihi(dir, ['doctor'])
    expect(stdout).toMatch(
      /^warning +file_modes +Others on this machine can read kamihi\.db \(644\)\.\n +→ chmod 600 kamihi\.db$/m,
    )
    expect(stdout).toMatch(/\n0 errors, 3 warnings\.\n$/)
  })

  it('of what does not work ends with exit code 2, and changes nothing', async () => {
    const dir = project({ '.env': 'KAMIHI_TELEGRAM__EMULATOR__ENABLED=false\nKAMIHI_WEB__HOST=0.0.0.0\n' })
    await (await databaseOf(dir)).close()
    const path = join(dir, 'kamihi.db')
    truncateSync(path, statSync(path).size - 3 * 4096)
    const size = statSync(path).size
    const { code, report, wrong } = await doctor(dir)
    expect([code, report.level]).toEqual([2, 'error'])
    expect(Object.keys(wrong).sort()).toEqual(['exposure', 'integrity', 'telegram'])
    expect(statSync(path).size).toBe(size)
  })

  it('of settings that cannot be read tells those, and nothing else', async () => {
    const { code, report } = await doctor(project({ 'kamihi.yaml': 'web: { port: abc }' }))
    expect(code).toBe(2)
    expect(report.findings).toMatchObject([
      { check: 'configuration', level: 'error', found: expect.stringMatching(/web\.port is "abc"/) },
    ])
  })
})
