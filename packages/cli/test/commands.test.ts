import { readFileSync } from 'node:fs'
import { Action, Job, jobDefaults, Permission, type Role, RoleSummary, Token, User } from '@kamihi/contracts'
import { openStore } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { greet, json, kamihi, project } from './cli.ts'

const change = { actor: { kind: 'cli', id: null, name: 'test' }, now: 0 } as const

describe('the command line', () => {
  it('manages users, roles and permissions, and prints them as JSON', async () => {
    const dir = project({ 'actions/greet.ts': greet })
    const user = await json<User>(
      dir,
      'user',
      'add',
      '1001',
      '--admin',
      '--data',
      '{"name":"Ana","city":"Paris"}',
    )
    expect(user).toMatchObject({ telegramId: 1001, isAdmin: true, name: 'Ana', profile: { city: 'Paris' } })
    await json<User>(dir, 'user', 'add', '1002', '--name', 'Luis')
    await json<Role>(dir, 'role', 'add', 'Team')
    expect(await json(dir, 'role', 'assign', 'Team', '1002', '77')).toEqual([
      { telegramId: 1002, outcome: 'assigned' },
      { telegramId: 77, outcome: 'not_found' },
    ])
    await json<Permission>(dir, 'permission', 'add', 'greet', '--role', 'Team', '--user', '1001')
    expect(await json<User[]>(dir, 'user', 'list')).toHaveLength(2)
    expect(await json<Role[]>(dir, 'role', 'list')).toMatchObject([
      { name: 'Team', userCount: 1, permissionCount: 1 },
    ])
    expect(await json<Permission[]>(dir, 'permission', 'list')).toMatchObject([
      { action: 'greet', peopleCount: 2 },
    ])
  })

  it('locks a role and unlocks it again', async () => {
    const dir = project()
    await json<Role>(dir, 'role', 'add', 'Team')
    expect(await json<Role>(dir, 'role', 'lock', 'Team')).toMatchObject({ name: 'Team', locked: true })
    const { stdout } = await kamihi(dir, ['role', 'list'])
    expect(stdout).toMatch(/^NAME +LOCKED .*\nTeam +yes /)
    expect((await kamihi(dir, ['role', 'unlock', 'Team'])).stdout).toBe('Role unlocked: Team\n')
    expect(await json<Role[]>(dir, 'role', 'list')).toMatchObject([{ locked: false }])
    const { stderr } = await kamihi(dir, ['role', 'lock', 'Nobody'])
    expect(stderr).toBe('kamihi: Role does not exist: Nobody\n')
  })

  it('prints tables for people', async () => {
    const dir = project()
    await kamihi(dir, ['user', 'add', '1002', '--name', 'Luis'])
    const { stdout } = await kamihi(dir, ['user', 'list'])
    expect(stdout.split('\n')[0]).toMatch(/^TELEGRAM ID +NAME +ADMIN +REACHABLE$/)
    expect(stdout).toContain('1002')
  })

  it('shows the actions of the code, a broken one with its file', async () => {
    const dir = project({ 'actions/greet.ts': greet, 'actions/broken.ts': 'export default 1 +' })
    const actions = await json<Action[]>(dir, 'action', 'list')
    expect(actions.find(({ name }) => name === 'greet')).toMatchObject({
      state: 'loaded',
      commands: ['greet'],
    })
    expect(actions.find(({ name }) => name === 'broken')?.error).toMatch(/actions\/broken\.ts:1/)
  })

  it('prints a new token, and only it, on standard output', async () => {
    const dir = project()
    const { stdout, code } = await kamihi(dir, ['token', 'create', 'ci', '--role', 'operator'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^kmh_[\w-]+\n$/)
    const [token] = await json<Token[]>(dir, 'token', 'list')
    expect(token).toMatchObject({ name: 'ci', role: 'operator' })
    expect(JSON.stringify(token)).not.toContain(stdout.trim())
  })

  it('prints JSON in the shapes of the contracts, jobs with their next run and warnings', async () => {
    const dir = project({
      'actions/greet.ts': greet,
      'kamihi.yaml': 'jobs: { enabled: true }',
    })
    const user = await json<User>(dir, 'user', 'add', '1001')
    await json(dir, 'role', 'add', 'Team')
    await json(dir, 'permission', 'add', 'greet', '--role', 'Team')
    await json(dir, 'token', 'create', 'ci', '--role', 'viewer')
    const store = await openStore({ url: `sqlite:///${dir}/kamihi.db` })
    const settings = { ...jobDefaults, roleIds: [], action: 'greet', cronExpression: '0 9 * * *' }
    await store.jobs.create({ ...settings, userIds: [user.id], args: { x: 1 } }, Date.UTC(2030, 0), change)
    await store.close()
    // How an action went in the last week is what the dashboard asks for.
    const { lastWeek: _, ...actionOfStore } = Action.properties
    const shapes = {
      user: User,
      role: RoleSummary,
      permission: Permission,
      action: { properties: actionOfStore },
      job: Job,
      token: Token,
    }
    for (const [name, shape] of Object.entries(shapes)) {
      const [first] = await json<object[]>(dir, name, 'list')
      expect(Object.keys(first ?? {}).sort(), name).toEqual(Object.keys(shape.properties).sort())
    }
    expect(await json<Job[]>(dir, 'job', 'list')).toMatchObject([
      {
        description: 'At 09:00',
        nextRunAt: '2030-01-01T00:00:00.000Z',
        warnings: [{ code: 'unknown_arg', path: '/args/x' }],
      },
    ])
  })

  it('queues a job once per idempotency key', async () => {
    const dir = project({ 'actions/greet.ts': greet, 'kamihi.yaml': 'jobs: { enabled: true }' })
    await json(dir, 'action', 'list')
    const store = await openStore({ url: `sqlite:///${dir}/kamihi.db` })
    const created = await store.jobs.create(
      { ...jobDefaults, action: 'greet', cronExpression: '0 9 * * *', userIds: [], roleIds: [] },
      null,
      change,
    )
    await store.close()
    if (created.kind !== 'saved') throw new Error(created.kind)
    const [job] = await json<Job[]>(dir, 'job', 'list')
    const first = await json(dir, 'job', 'run', job?.id ?? '', '--key', 'today')
    expect(await json(dir, 'job', 'run', job?.id ?? '', '--key', 'today')).toEqual(first)
  })

  it('tells the version and the state of the schema', async () => {
    const dir = project()
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    expect((await kamihi(dir, ['version'])).stdout).toBe(`${version}\n`)
    await json(dir, 'db', 'upgrade')
    expect(await json(dir, 'db', 'status')).toMatchObject({ pending: 0 })
  })
})

describe('a command that is refused', () => {
  it.each([
    ['an unknown command', ['dance'], /unknown command 'dance'/],
    ['a word instead of an id', ['user', 'add', 'ana'], /Must be a positive integer with up to 16 digits/],
    ['the id of Telegram itself', ['user', 'add', '777000'], /777000 is an account of Telegram itself/],
    ['broken JSON', ['user', 'add', '1', '--data', '{'], /Invalid JSON data/],
    ['an unknown role of a token', ['token', 'create', 'ci', '--role', 'king'], /viewer, operator, owner/],
    ['an impossible port', ['run', '--port', '80'], /1024 to 65535/],
  ])('with %s is wrong usage: exit code 2', async (_what, args, message) => {
    const { code, stdout, stderr } = await kamihi(project(), args)
    expect(stderr).toMatch(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it.each([
    ['a user that exists', ['user', 'add', '1001'], 'kamihi: User already exists: 1001\n'],
    ['a role that does not', ['role', 'assign', 'Nobody', '1001'], 'kamihi: Role does not exist: Nobody\n'],
    ['an action that is not in the code', ['permission', 'add', 'fly', '--user', '1001'], /^kamihi: .*fly/],
    ['a job that does not exist', ['job', 'run', 'nothing'], /^kamihi: There is no job nothing\./],
  ])('for %s ends with one sentence and exit code 1', async (_what, args, message) => {
    const dir = project({ 'kamihi.yaml': 'jobs: { enabled: true }' })
    await kamihi(dir, ['user', 'add', '1001'])
    const { code, stdout, stderr } = await kamihi(dir, args)
    if (typeof message === 'string') expect(stderr).toBe(message)
    else expect(stderr).toMatch(message)
    expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      code: 1,
      stdout: '',
      lines: 1,
    })
  })

  it('because of a wrong setting names the file, the key, the value and what is allowed', async () => {
    const { code, stderr } = await kamihi(project({ 'kamihi.yaml': 'web: { port: abc }' }), ['user', 'list'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/kamihi\.yaml/)
    expect(stderr).toMatch(/web\.port/)
    expect(stderr).toMatch(/abc/)
  })
})
