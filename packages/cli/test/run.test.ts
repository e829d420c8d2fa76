import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { User } from '@kamihi/contracts'
import { createControlClient, createEmulator } from '@kamihi/telegram-emulator'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort, greet, json, kamihi, kamihiProcess, listening, project, running } from './cli.ts'

/** Ports of its own for each bot, so that tests do not meet. */
async function ports(): Promise<Record<string, string>> {
  return {
    KAMIHI_WEB__PORT: `${await freePort()}`,
    KAMIHI_TELEGRAM__EMULATOR__PORT: `${await freePort()}`,
  }
}

describe('kamihi run', () => {
  it('starts without any account, says where everything is, answers, and stops on SIGTERM', async () => {
    const dir = project({
      'actions/greet.ts': greet,
      'demo.yaml': 'users: [{ telegramId: 1001, name: Ana, admin: true }]',
      'kamihi.yaml': 'jobs: { enabled: true }',
    })
    const bot = await running(dir, await ports())
    const page = /Chat page +(http:\/\/\S+)/.exec(bot.output())?.[1] ?? ''
    expect(bot.output()).toMatch(/Dashboard +http:\/\/localhost:\d+/)
    expect(bot.output()).toMatch(/Set-up link +http:\/\/localhost:\d+\/setup#token=\S+/)
    expect(bot.output()).toContain('jobs are on')
    const control = createControlClient(new URL(page).origin)
    await control.say(1001, '/greet')
    expect((await control.waitForMessage(1001, ({ from }) => from === 'bot')).text).toBe('Hello Ana')
    expect(await bot.kill('SIGTERM')).toBe(0)
  })

  it('lets people be added at the command line meanwhile, and reaches them', async () => {
    const dir = project({ 'actions/greet.ts': greet })
    const bot = await running(dir, await ports())
    const page = /Chat page +(http:\/\/\S+)/.exec(bot.output())?.[1] ?? ''
    const control = createControlClient(new URL(page).origin)
    expect((await json<User>(dir, 'user', 'add', '55', '--admin', '--name', 'Eva')).telegramId).toBe(55)
    await control.addUser({ id: 55, firstName: 'Eva' })
    await control.say(55, '/greet')
    expect((await control.waitForMessage(55, ({ from }) => from === 'bot')).text).toBe('Hello Eva')
  })

  it('with a token talks to the Bot API server of telegram.api_root, with no chat page and no demo', async () => {
    const server = await createEmulator({ port: 0 })
    onTestFinished(() => server.close())
    const dir = project({
      'actions/greet.ts': greet,
      'demo.yaml': 'users: [{ telegramId: 1001, name: Ana, admin: true }]',
      'kamihi.yaml': `telegram: { api_root: "${server.url}" }`,
      '.env': `KAMIHI_TOKEN=${server.token}`,
    })
    const bot = await running(dir, await ports())
    expect(bot.output()).not.toContain('Chat page')
    expect(bot.output()).not.toContain(server.token)
    expect(await json<User[]>(dir, 'user', 'list')).toEqual([])
    await json<User>(dir, 'user', 'add', '55', '--admin', '--name', 'Eva')
    await server.control.addUser({ id: 55, firstName: 'Eva' })
    await server.control.say(55, '/greet')
    expect((await server.control.waitForMessage(55, ({ from }) => from === 'bot')).text).toBe('Hello Eva')
  })

  it('runs what is due when the time of the emulator is moved, and keeps that time when it is started again', async () => {
    const dir = project({
      'actions/greet.ts': greet,
      'demo.yaml': [
        'users: [{ telegramId: 1001, name: Ana, admin: true }]',
        'jobs: [{ name: Mornings, action: greet, cron: "0 9 * * *", perUser: true, users: [1001] }]',
      ].join('\n'),
      'kamihi.yaml': 'jobs: { enabled: true }',
    })
    const own = await ports()
    const control = createControlClient(`http://localhost:${own.KAMIHI_TELEGRAM__EMULATOR__PORT}`)
    const bot = await running(dir, own)
    const { due } = await control.time()
    expect(due).toMatchObject({ label: 'Mornings' })
    await control.advanceToDue()
    expect((await control.waitForMessage(1001, ({ from }) => from === 'bot')).text).toBe('Hello Ana')
    await expect.poll(async () => (await control.time()).due?.at).toBe((due?.at ?? 0) + 86_400_000)
    expect(await bot.kill('SIGTERM')).toBe(0)
    await running(dir, own)
    expect((await control.time()).now).toBeGreaterThanOrEqual(due?.at ?? Number.POSITIVE_INFINITY)
  })

  it('places jobs in real time again when it is started with a token', async () => {
    const server = await createEmulator({ port: 0 })
    onTestFinished(() => server.close())
    const dir = project({
      'actions/greet.ts': greet,
      'demo.yaml': 'jobs: [{ name: Mornings, action: greet, cron: "0 9 * * *" }]',
      'kamihi.yaml': `{ jobs: { enabled: true }, telegram: { api_root: "${server.url}" } }`,
    })
    const own = await ports()
    const bot = await running(dir, own)
    const control = createControlClient(`http://localhost:${own.KAMIHI_TELEGRAM__EMULATOR__PORT}`)
    await control.advance(40 * 86_400_000)
    await expect
      .poll(async () => (await control.time()).due?.at)
      .toBeGreaterThan(Date.now() + 39 * 86_400_000)
    await bot.kill('SIGTERM')
    await running(dir, { ...own, KAMIHI_TOKEN: server.token })
    const [job] = await json<{ nextRunAt: string }[]>(dir, 'job', 'list')
    expect(Date.parse(job?.nextRunAt ?? '')).toBeLessThanOrEqual(Date.now() + 86_400_000)
  })

  it('with a broken action starts without it and says which line is wrong', async () => {
    const dir = project({ 'actions/greet.ts': greet, 'actions/broken.ts': 'export default {\n  run( {' })
    const bot = await running(dir, await ports())
    expect(bot.output()).toMatch(/ERROR +\| \S*actions\/broken\.ts:2 could not be loaded: .*\n/)
    expect(bot.output()).toMatch(/Actions +1 of 2 could not be loaded: broken/)
  })
})

describe('kamihi run that cannot start ends with one clear sentence and exit code 1', () => {
  it('when the port of the dashboard is taken', async () => {
    const taken = await listening()
    onTestFinished(() => taken.close())
    const { code, stderr } = await kamihiProcess(project(), ['run', '--port', `${taken.port}`], await ports())
    expect(stderr).toMatch(new RegExp(`^kamihi: .*${taken.port}.*\\n$`))
    expect(code).toBe(1)
  })

  it('when the port of the stand-in is taken', async () => {
    const taken = await listening()
    onTestFinished(() => taken.close())
    const env = { ...(await ports()), KAMIHI_TELEGRAM__EMULATOR__PORT: `${taken.port}` }
    const { code, stderr } = await kamihiProcess(project(), ['run'], env)
    expect(stderr).toBe(
      `kamihi: Port ${taken.port} is taken, so the Telegram emulator cannot start. Stop the other program, or choose another port: telegram.emulator.port in kamihi.yaml, or KAMIHI_TELEGRAM__EMULATOR__PORT=${taken.port + 1}.\n`,
    )
    expect(code).toBe(1)
  })

  it('when it may not write into the folder of the database', async () => {
    const { code, stderr } = await kamihi(project(), ['run'], {
      ...(await ports()),
      KAMIHI_DB__URL: 'sqlite:////proc/kamihi.db',
    })
    expect(stderr).toMatch(/^kamihi: .*\/proc.*\n$/)
    expect(code).toBe(1)
  })

  it('when the folder of the database cannot be made', async () => {
    const dir = project({ data: 'a file where a folder should be' })
    const { code, stderr } = await kamihi(dir, ['run'], {
      ...(await ports()),
      KAMIHI_DB__URL: 'sqlite:///./data/kamihi.db',
    })
    expect(stderr).toMatch(/^kamihi: .*data.*\n$/)
    expect(code).toBe(1)
  })

  it.each([
    ['empty', '', /kamihi\.db is empty\. .*kamihi db restore .*kamihi run --new/],
    ['no database', 'something else '.repeat(1000), /kamihi\.db is damaged: .*kamihi db restore/],
  ])('when the file of the database is %s', async (_, content, sentence) => {
    const dir = project({ 'kamihi.db': content })
    const { code, stderr } = await kamihi(dir, ['run'], await ports())
    expect(stderr).toMatch(new RegExp(`^kamihi: \\S*${sentence.source}.*\\n$`))
    expect(code).toBe(1)
    expect(readFileSync(join(dir, 'kamihi.db'), 'utf8')).toBe(content)
  })

  it('when Telegram does not know the token', async () => {
    const emulator = await createEmulator({ port: 0 })
    onTestFinished(() => emulator.close())
    const { code, stderr } = await kamihiProcess(project(), ['run'], {
      ...(await ports()),
      KAMIHI_TOKEN: '1:wrong-token-of-35-characters-00000000',
      KAMIHI_TELEGRAM__API_ROOT: emulator.url,
    })
    expect(stderr).toMatch(/^kamihi: .*token.*\n$/i)
    expect(stderr).not.toContain('wrong-token')
    expect(code).toBe(1)
  })
})

describe('kamihi run whose database is lost', () => {
  it('while it runs stops by itself, says how to bring it back, and begins anew only when it is told to', {
    timeout: 120_000,
  }, async () => {
    const dir = project({ 'actions/greet.ts': greet, 'kamihi.yaml': 'jobs: { enabled: true }' })
    const bot = await running(dir, await ports())
    await json<User>(dir, 'user', 'add', '55', '--name', 'Eva')
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(dir, `kamihi.db${suffix}`), { force: true })
    expect(await bot.ended()).toBe(1)
    expect(bot.output()).toMatch(
      /^kamihi: \S+kamihi\.db was removed while the bot was running\. .*kamihi db restore FILE$/m,
    )
    const again = await kamihiProcess(dir, ['run'], await ports())
    expect(again.stderr).toMatch(/^kamihi: \S+kamihi\.db is gone: .* kamihi run --new\n$/)
    expect(again.code).toBe(1)
    const fresh = await running(dir, await ports(), ['--new'])
    expect(await json<User[]>(dir, 'user', 'list')).toEqual([])
    expect(await fresh.kill('SIGTERM')).toBe(0)
  })
})
