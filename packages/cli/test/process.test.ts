import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Action, User } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { greet, json, kamihiProcess, project } from './cli.ts'

describe('kamihi as a process', () => {
  it.each([
    ['0 when it is done', ['user', 'add', '1001'], 0, 'User added: 1001\n', ''],
    ['1 when it is refused', ['role', 'assign', 'Team', '1'], 1, '', 'kamihi: Role does not exist: Team\n'],
    ['2 when it is used wrongly', ['dance'], 2, '', /^error: unknown command 'dance'/],
    ['2 when what it looked at is broken', ['doctor'], 2, /^error +configuration/, ''],
  ])('ends with exit code %s', async (_what, args, code, stdout, stderr) => {
    const dir = project()
    if (args[0] === 'doctor') writeFileSync(join(dir, 'kamihi.yaml'), 'web: { port: abc }')
    const matching = (text: string | RegExp) =>
      typeof text === 'string' ? text : expect.stringMatching(text)
    expect(await kamihiProcess(dir, args)).toEqual({
      code,
      stdout: matching(stdout),
      stderr: matching(stderr),
    })
  })

  it('reads what is piped to it', async () => {
    const args = ['owner', 'create', 'ana', '--password-stdin']
    expect(await kamihiProcess(project(), args, {}, 'a long and odd password\n')).toEqual({
      code: 0,
      stdout: 'Owner made: ana\n',
      stderr: '',
    })
  })

  it('takes its project from the working directory and its settings from the environment', async () => {
    const dir = project({ 'actions/greet.ts': greet })
    const { stdout } = await kamihiProcess(dir, ['action', 'list', '--json'])
    expect(JSON.parse(stdout) as Action[]).toMatchObject([{ name: 'greet', state: 'loaded' }])
    const other = project()
    const url = `sqlite:///${join(other, 'kamihi.db')}`
    expect(await kamihiProcess(dir, ['user', 'add', '7'], { KAMIHI_DB__URL: url })).toMatchObject({ code: 0 })
    expect(await json<User[]>(dir, 'user', 'list')).toEqual([])
    expect(await json<User[]>(other, 'user', 'list')).toMatchObject([{ telegramId: 7 }])
  })

  it('ends by itself after work in a thread of its own', async () => {
    const dir = project()
    await json(dir, 'user', 'add', '1001')
    expect(await kamihiProcess(dir, ['db', 'backup'])).toMatchObject({ code: 0, stderr: '' })
    expect(await kamihiProcess(dir, ['db', 'check'])).toMatchObject({ code: 0, stderr: '' })
  })
})
