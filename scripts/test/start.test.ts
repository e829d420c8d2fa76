import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from './copy.ts'

it.each(['start', 'test'])('npm %s with an old Node says so in one sentence and exit code 1', (command) => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } })`
  const script = join(root, `scripts/${command}.mjs`)
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, script],
    { encoding: 'utf8' },
  )
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toBe(
    'Kamihi needs Node 20.19 or newer; this is Node 18.20.4. Get a current one at https://nodejs.org.\n',
  )
})
