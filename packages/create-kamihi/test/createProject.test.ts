import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const executable = fileURLToPath(new URL('../bin/create-kamihi.js', import.meta.url))
const kamihi = fileURLToPath(new URL('../../cli/bin/kamihi.js', import.meta.url))
const temporary = () => mkdtempSync(join(tmpdir(), 'create-kamihi-'))
const run = (cwd: string, file: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { cwd, encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('npm create kamihi', () => {
  it('makes a project that kamihi runs, with versions that npm can install', () => {
    const cwd = temporary()
    expect(run(cwd, executable, 'my-bot')).toMatchObject({ status: 0, stderr: '' })
    const made = join(cwd, 'my-bot')
    const manifest = readFileSync(join(made, 'package.json'), 'utf8')
    expect(JSON.parse(manifest)).toMatchObject({ name: 'my-bot', scripts: { start: 'kamihi run' } })
    expect(manifest).not.toMatch(/workspace:|catalog:|undefined/)
    expect(
      ['.gitignore', '.env.example', 'kamihi.yaml'].filter((file) => !existsSync(join(made, file))),
    ).toEqual([])
    const actions = JSON.parse(run(made, kamihi, 'action', 'list', '--json').stdout) as {
      name: string
      state: string
    }[]
    expect(actions.map(({ name, state }) => `${name} ${state}`).sort()).toEqual([
      'report loaded',
      'start loaded',
      'weather loaded',
    ])
  })

  it('says what to do next', () => {
    expect(run(temporary(), executable, 'my-bot').stdout).toContain(
      'cd my-bot\n    npm install\n    npm start',
    )
  })

  it('leaves a folder alone that holds something', () => {
    const cwd = temporary()
    mkdirSync(join(cwd, 'full'))
    writeFileSync(join(cwd, 'full/mine.txt'), 'mine')
    const refused = run(cwd, executable, 'full')
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('is not empty') })
    expect(existsSync(join(cwd, 'full/package.json'))).toBe(false)
  })

  it('refuses a name that npm would refuse, and writes nothing', () => {
    const cwd = temporary()
    expect(run(cwd, executable, 'My Bot')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('"My Bot" cannot be the name of a package'),
    })
    expect(existsSync(join(cwd, 'My Bot'))).toBe(false)
  })

  it('without a folder tells how it is used', () => {
    expect(run(temporary(), executable)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Usage'),
    })
  })
})
