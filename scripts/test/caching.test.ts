import { execFileSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { copyOfRepository, root } from './copy.ts'

let copy: string
let before: Map<string, string>

/** What turbo would look for in its cache, by task. */
function hashes(): Map<string, string> {
  const output = execFileSync(
    join(root, 'node_modules/.bin/turbo'),
    ['run', 'build', 'typecheck', 'test', '--dry=json', '--cwd', copy],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  const { tasks } = JSON.parse(output) as { tasks: { taskId: string; hash: string; command: string }[] }
  return new Map(
    tasks.filter(({ command }) => command !== '<NONEXISTENT>').map(({ taskId, hash }) => [taskId, hash]),
  )
}

/** Tests that run again after a line was added to a file. */
function testsAfterEditOf(file: string): string[] {
  appendFileSync(join(copy, file), '\n// edited\n')
  const after = hashes()
  const again = [...after].filter(([task, hash]) => task.endsWith('#test') && before.get(task) !== hash)
  before = after
  return again.map(([task]) => task.replace('#test', '')).sort()
}

describe('an edit', () => {
  beforeAll(() => {
    copy = copyOfRepository()
    before = hashes()
  })

  it('of nothing runs nothing again', () => {
    expect([...hashes()]).toEqual([...before])
  })

  it('of the contracts runs the tests of everybody who uses them', () => {
    expect(testsAfterEditOf('packages/contracts/src/job.ts')).toEqual([
      '@kamihi/admin',
      '@kamihi/admin-api',
      '@kamihi/contracts',
      '@kamihi/core',
      '@kamihi/docs',
      '@kamihi/e2e',
      '@kamihi/example-bot',
      '@kamihi/jobs',
      '@kamihi/store',
      '@kamihi/telegram-emulator',
      'create-kamihi',
      'kamihi',
    ])
  })

  it('of the jobs leaves what is below them alone', () => {
    const again = testsAfterEditOf('packages/jobs/src/worker.ts')
    expect(again).toEqual(
      expect.arrayContaining(['@kamihi/jobs', '@kamihi/admin-api', 'kamihi', '@kamihi/e2e']),
    )
    expect(again).not.toEqual(expect.arrayContaining(['@kamihi/store']))
    expect(again).not.toContain('@kamihi/core')
  })

  it('of the dashboard runs the journeys in the browser', () => {
    expect(testsAfterEditOf('apps/admin/src/main.ts')).toEqual(expect.arrayContaining(['@kamihi/e2e']))
  })

  it('of the template runs the tests of what copies it', () => {
    expect(testsAfterEditOf('apps/example-bot/actions/start.ts')).toEqual(
      expect.arrayContaining(['@kamihi/example-bot', '@kamihi/e2e', 'create-kamihi']),
    )
  })

  it('of a page of the documentation runs its checks', () => {
    expect(testsAfterEditOf('README.md')).toEqual(['@kamihi/docs'])
  })
})
