import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Config, KamihiError, loadConfig } from '@kamihi/core'
import type { DatabaseReport, JobFact } from '@kamihi/store'
import { createEmulator } from '@kamihi/telegram-emulator'
import { describe, expect, it, onTestFinished } from 'vitest'
import { actionFindings } from '../../src/doctor/actions.ts'
import { backupFinding, databaseFindings, leasesFinding } from '../../src/doctor/database.ts'
import { exposureFinding } from '../../src/doctor/exposure.ts'
import { diskFinding, modesFinding, privateFiles } from '../../src/doctor/files.ts'
import { type Finding, worst } from '../../src/doctor/finding.ts'
import { jobFindings } from '../../src/doctor/jobs.ts'
import { type Runtime, runtimeFindings } from '../../src/doctor/runtime.ts'
import { settingsFinding, wrongSettings } from '../../src/doctor/settings.ts'
import { askTelegram, drift, telegramFindings } from '../../src/doctor/telegram.ts'

const now = Date.UTC(2026, 10, 24, 8)
const dayMs = 86_400_000
const folder = () => mkdtempSync(join(tmpdir(), 'kamihi-doctor-'))

const settings = async (overrides: object = {}): Promise<Config> =>
  (await loadConfig({ cwd: folder(), overrides })).config

/** Level and first words of what was found, and whether it says what to do. */
const brief = ({ check, level, found, action }: Finding) => [check, level, found, action !== null]

describe('the runtime', () => {
  const runtime: Runtime = {
    node: 'v20.20.2',
    leastNode: '20.19',
    sqlite: '3.53.2',
    timezoneData: '2025c',
    timezone: 'Europe/Madrid',
    now,
  }
  const found = (more: Partial<Runtime>) =>
    Object.fromEntries(runtimeFindings({ ...runtime, ...more }).map((one) => [one.check, one.level]))

  it('is well when all of it is new enough', () => {
    expect(found({})).toEqual({ node: 'ok', sqlite: 'ok', timezone_data: 'ok' })
    expect(found({ node: 'v24.0.0', sqlite: '4.0.0', timezoneData: undefined })).toEqual(found({}))
  })

  it('is not with an old Node, an SQLite that can damage files, or time zones of long ago', () => {
    expect(found({ node: 'v20.9.0' }).node).toBe('error')
    expect(found({ sqlite: '3.51.2' }).sqlite).toBe('warning')
    expect(found({ sqlite: '3.9.0' }).sqlite).toBe('warning')
    expect(found({ timezoneData: '2023d' }).timezone_data).toBe('warning')
  })
})

describe('the settings', () => {
  it('are told by name and place, and never by value', async () => {
    const cwd = folder()
    const token = '123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    writeFileSync(join(cwd, 'kamihi.yaml'), 'web: { port: 5001 }\ntimezone: Europe/Madrid\n')
    writeFileSync(join(cwd, '.env'), `KAMIHI_TOKEN=${token}\n`)
    const finding = settingsFinding(await loadConfig({ cwd, env: { KAMIHI_JOBS__ENABLED: 'true' } }))
    expect(finding.found).toMatch(
      /timezone, web\.port from \S*kamihi\.yaml; token from KAMIHI_TOKEN in \.env; jobs\.enabled from environment variable KAMIHI_JOBS__ENABLED\./,
    )
    expect(JSON.stringify(finding)).not.toContain('AAAA')
    expect(settingsFinding(await loadConfig({ cwd: folder() })).found).toBe('All settings are defaults.')
  })

  it('that are wrong are an error; what is no fault of them is not swallowed', () => {
    expect(wrongSettings(new KamihiError('invalid_config', 'web.port is "x"'))).toMatchObject({
      level: 'error',
    })
    expect(() => wrongSettings(new TypeError('a bug'))).toThrow('a bug')
  })
})

describe('files', () => {
  it('that others can read are named with the command that mends it', () => {
    const cwd = folder()
    const database = join(cwd, 'kamihi.db')
    mkdirSync(join(cwd, 'backups'))
    const files = ['kamihi.db', 'kamihi.db-wal', 'backups/one.db', '.env', 'README.md']
    for (const name of files) writeFileSync(join(cwd, name), 'x', { mode: 0o600 })
    const others = [join(cwd, '.env'), join(cwd, 'nothing.log')]
    expect(modesFinding(privateFiles(database, others)).level).toBe('ok')
    for (const name of files) chmodSync(join(cwd, name), 0o644)
    const finding = modesFinding(privateFiles(database, others))
    expect(finding.level).toBe('warning')
    for (const name of files.slice(0, 4)) expect(finding.action).toContain(name)
    expect(finding.action).not.toContain('README')
    expect(finding.found).toContain('(644)')
  })

  it('need room', () => {
    expect(brief(diskFinding(500e6))).toEqual(['disk_space', 'ok', '500.0 MB free.', false])
    expect(diskFinding(499e6).level).toBe('warning')
  })
})

describe('the database', () => {
  const report = (more: Partial<DatabaseReport> = {}): DatabaseReport => ({
    path: join(folder(), 'kamihi.db'),
    exists: true,
    ok: true,
    sizeBytes: 4096,
    schema: { current: 3, latest: 3 },
    checks: [],
    ...more,
  })
  const levels = (one: DatabaseReport) =>
    databaseFindings(one, 'restore it').map(({ check, level }) => [check, level])

  it('that is not there is well before the first start, and an error when there was one', () => {
    const none = report({ exists: false })
    expect(levels(none)).toEqual([['database', 'ok']])
    writeFileSync(`${none.path}.id`, 'x')
    expect(databaseFindings(none, 'restore it')).toMatchObject([{ level: 'error', action: 'restore it' }])
  })

  it('is judged by its checks: damage and a newer schema are errors, an older one is not', () => {
    const check = (name: 'integrity' | 'schema' | 'counts', problems: string[]) => ({
      name,
      found: 'It is.',
      problems,
    })
    expect(levels(report({ checks: [check('integrity', []), check('counts', ['run 1'])] }))).toEqual([
      ['database', 'ok'],
      ['integrity', 'ok'],
      ['counts', 'error'],
    ])
    const damaged = databaseFindings(report({ checks: [check('integrity', ['page 3'])] }), 'restore it')
    expect(damaged.at(-1)).toEqual({
      check: 'integrity',
      level: 'error',
      found: 'It is. page 3',
      action: 'restore it',
    })
    const older = report({ schema: { current: 2, latest: 3 }, checks: [check('schema', ['older'])] })
    const newer = report({ schema: { current: 4, latest: 3 }, checks: [check('schema', ['newer'])] })
    expect([levels(older).at(-1), levels(newer).at(-1)]).toEqual([
      ['schema', 'warning'],
      ['schema', 'error'],
    ])
  })

  it('with a restore that was cut off says so', () => {
    const one = report()
    mkdirSync(`${one.path}.restoring`)
    expect(levels(one)).toContainEqual(['restore', 'warning'])
  })

  it('tells whether a bot works on it, and a lease from another time', () => {
    const lease = (name: string, until: number) => ({ name, holder: 'w', until })
    expect(leasesFinding([lease('poller', now - 1), lease('backup', now + 1)], now).found).toMatch(/^No bot/)
    expect(leasesFinding([lease('poller', now + 1), lease('scheduler', now + 9)], now).found).toBe(
      'A bot is running: it holds poller and scheduler.',
    )
    expect(leasesFinding([lease('poller', now + dayMs)], now).level).toBe('warning')
  })

  it('wants backups', () => {
    const facts = { databaseAt: now - 90 * dayMs, everyMs: dayMs, now }
    expect(brief(backupFinding({ ...facts, lastAt: now - 5 * 3_600_000 }))).toEqual([
      'backup',
      'ok',
      'The last was made 5 hours ago.',
      false,
    ])
    expect(backupFinding({ ...facts, lastAt: now - 3 * dayMs })).toMatchObject({
      level: 'warning',
      found: 'The last was made 3 days ago.',
    })
    expect(backupFinding({ ...facts, lastAt: null }).level).toBe('warning')
    expect(backupFinding({ ...facts, lastAt: null, databaseAt: now - 3_600_000 }).level).toBe('ok')
    expect(backupFinding({ ...facts, lastAt: now - 6 * dayMs, everyMs: null }).level).toBe('ok')
    expect(backupFinding({ ...facts, lastAt: now - 8 * dayMs, everyMs: null }).action).toContain(
      'db.backup.every',
    )
  })
})

describe('actions', () => {
  it('that cannot be loaded are told by file and line, whatever their folder is called', () => {
    const broken = [{ name: 'bad', where: resolve('my actions/bad.ts:3'), message: 'no such key' }]
    const found = actionFindings({ list: () => [], broken: () => broken }).map(brief)
    expect(found).toEqual([
      ['actions', 'warning', 'my actions/bad.ts:3 could not be loaded: no such key', true],
    ])
  })
})

describe('jobs', () => {
  const job: JobFact = {
    id: '1',
    name: 'Mornings',
    action: 'greet',
    actionState: 'loaded',
    cronExpression: '0 9 * * *',
    timezone: null,
    startsAt: null,
    endsAt: null,
    nextRunAt: now,
    perUser: true,
    recipients: 2,
  }

  it.each([
    ['whose action is gone', { actionState: 'archived' }, /its action greet is archived/],
    ['whose schedule cannot be read', { cronExpression: 'every morning' }, /"every morning" cannot be read/],
    ['whose time never comes', { cronExpression: '0 0 30 2 *' }, /never comes|cannot be read/],
    ['for nobody', { recipients: 0 }, /nobody is chosen/],
  ])('%s cannot fire', async (_what, more, message) => {
    const config = await settings({ jobs: { enabled: true } })
    const found = jobFindings([job, { ...job, ...more, name: 'Broken' }], config, now)
    expect(found).toMatchObject([{ check: 'jobs', level: 'warning', found: expect.stringMatching(message) }])
    expect(found[0]?.found).toMatch(/^"Broken" cannot fire/)
  })

  it('that all fire or are over are well, and so are none at all', async () => {
    const config = await settings({ jobs: { enabled: true } })
    const over = { ...job, nextRunAt: null, endsAt: new Date(now - 1).toISOString() }
    expect(jobFindings([job, { ...job, perUser: false, recipients: 0 }, over], config, now)).toMatchObject([
      { level: 'ok' },
    ])
    expect(jobFindings([], await settings(), now)).toMatchObject([{ level: 'ok' }])
  })

  it('that are switched on while jobs are off run by nobody', async () => {
    expect(jobFindings([job], await settings(), now)).toMatchObject([
      { level: 'warning', found: '1 job is switched on, and nothing runs them.' },
    ])
  })
})

describe('Telegram', () => {
  const asked = async (apiRoot: string, token: string, mode: 'polling' | 'webhook' = 'polling') => {
    const config = await settings({ token, telegram: { apiRoot, mode } })
    return telegramFindings(await askTelegram(config, token), mode)
  }
  const token = '123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

  it('knows the bot, has no webhook, and has the same time', async () => {
    const server = await createEmulator({ port: 0 })
    onTestFinished(() => server.close())
    expect((await asked(server.url, server.token)).map(({ check, level }) => [check, level])).toEqual([
      ['telegram', 'ok'],
      ['webhook', 'ok'],
      ['clock', 'ok'],
    ])
  })

  it('does not know a wrong token, which is not repeated', async () => {
    const server = await createEmulator({ port: 0 })
    onTestFinished(() => server.close())
    const found = await asked(server.url, token)
    expect(found[0]).toMatchObject({
      check: 'telegram',
      level: 'error',
      found: 'Telegram does not know this token.',
    })
    expect(JSON.stringify(found)).not.toContain('AAAA')
  })

  it('that cannot be reached is an error that does not tell the token', async () => {
    const found = await asked('http://127.0.0.1:9', token)
    expect(found).toMatchObject([
      { level: 'error', found: expect.stringMatching(/^Telegram cannot be reached: /) },
    ])
    expect(JSON.stringify(found)).not.toContain('AAAA')
  })

  it('with a webhook of somebody else, an answer that cannot be read, or another time, is told', async () => {
    const answers: Record<string, unknown> = {
      getMe: { ok: true, result: { username: 'a_bot' } },
      getWebhookInfo: { ok: true, result: { url: 'https://x.example', pending_update_count: 3 } },
    }
    const behind = await answering(answers, new Date(Date.now() + 20_000).toUTCString())
    const found = await asked(behind, token)
    expect(found.map(({ check, level }) => [check, level])).toEqual([
      ['telegram', 'ok'],
      ['webhook', 'warning'],
      ['clock', 'warning'],
    ])
    expect(found[2]?.found).toMatch(/^The clock is (19|20) seconds behind that of Telegram/)
    const down = await answering({ getMe: { ok: false, description: 'Bad Gateway' } }, undefined)
    expect((await asked(down, token))[0]).toMatchObject({
      level: 'error',
      found: expect.stringMatching(/Bad Gateway/),
    })
    const lost = { ...answers, getWebhookInfo: { ok: true, result: { url: '', pending_update_count: 0 } } }
    expect((await asked(await answering(lost, undefined), token, 'webhook'))[1]).toMatchObject({
      level: 'warning',
    })
  })

  it('tells its time in whole seconds', () => {
    expect(drift('Tue, 24 Nov 2026 08:00:00 GMT', now, now + 1000)).toBe(0)
    expect(drift('Tue, 24 Nov 2026 08:00:00 GMT', now + 9000, now + 9000)).toBe(8500)
    expect(drift(null, now, now)).toBeNull()
    expect(drift('yesterday', now, now)).toBeNull()
  })
})

/** A server that answers each method of the Bot API with this, at that time. */
async function answering(answers: Record<string, unknown>, date: string | undefined): Promise<string> {
  const server = createServer((request, response) => {
    if (date) response.setHeader('date', date)
    response.end(JSON.stringify(answers[request.url?.split('/').at(-1) ?? ''] ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

describe('exposure', () => {
  it.each([
    [{}, 'ok', /Only this machine/],
    [{ enabled: false }, 'ok', /no dashboard/],
    [{ publicUrl: 'https://bot.example', trustedProxies: ['127.0.0.1'] }, 'ok', /https:\/\/bot\.example/],
    [{ publicUrl: 'http://bot.example', insecure: true }, 'warning', /unprotected/],
    [{ host: '0.0.0.0' }, 'error', /web\.public_url/],
    [{ publicUrl: 'http://bot.example' }, 'error', /web\.insecure/],
  ] as const)('by %j is %s', async (web, level, message) => {
    expect(exposureFinding(await settings({ web }))).toMatchObject({
      level,
      found: expect.stringMatching(message),
    })
  })
})

it('the worst of all findings decides', () => {
  const of = (level: Finding['level']): Finding => ({ check: 'x', level, found: '', action: null })
  expect(worst([])).toBe('ok')
  expect(worst([of('ok'), of('warning'), of('ok')])).toBe('warning')
  expect(worst([of('warning'), of('error'), of('ok')])).toBe('error')
})
