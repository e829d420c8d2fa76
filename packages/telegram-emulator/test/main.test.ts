import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createControlClient } from '../src/index.ts'

const executable = fileURLToPath(new URL('../bin/telegram-emulator.js', import.meta.url))

/** Starts the command; `output` is what it has written so far. */
function command(...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, [executable, ...args])
  const said = { output: '' }
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => {
      said.output += String(bytes)
    })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const url = async () => {
    await expect.poll(() => said.output).toMatch(/Chat page/)
    return /Bot API\s+(\S+)/.exec(said.output)?.[1] ?? ''
  }
  return { said, ended, url, stop: () => child.kill('SIGINT') }
}

it('keeps its state in a file when it is stopped, and begins with it', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'emulator-')), 'state.json')
  const first = command('--port', '0', '--save', file)
  const people = createControlClient(await first.url())
  await people.addUser({ id: 7, firstName: 'Ana' })
  await people.say(7, 'remember me')
  first.stop()
  expect(await first.ended).toBe(0)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 1 })

  const second = command('--port', '0', '--seed', file)
  const later = createControlClient(await second.url())
  expect((await later.messages(7)).map(({ text }) => text)).toEqual(['remember me'])
  second.stop()
  expect(await second.ended).toBe(0)
})

it('changes flood limits', async () => {
  const running = command('--port', '0', '--limit', 'all=60/1')
  const { limits } = await createControlClient(await running.url()).limits()
  expect(limits).toMatchObject({ all: { most: 60, perMs: 1000 }, chat: { most: 5 } })
  running.stop()
  await running.ended
})

it.each([
  [['--port', 'x'], '--port is a number from 0 to 65535; "x" was given.'],
  [['--limit', 'users=1/1'], '--limit is chat, group, all, paid with messages / seconds'],
  [['--seed', '/nowhere.json'], 'There is no seed file /nowhere.json.'],
  [['--host', '0.0.0.0'], 'listens on loopback only'],
  [['--save', '/nowhere/state.json'], '--save /nowhere/state.json cannot be written'],
  [['--limit', 'all=1/1', '--no-limits'], 'contradict each other'],
  [['--nothing'], "Unknown option '--nothing'"],
])('refuses %j in one sentence', async (args, words) => {
  const { said, ended } = command(...args)
  expect(await ended).toBe(1)
  expect(said.output).toContain(words)
  expect(said.output).not.toContain('at ')
})
