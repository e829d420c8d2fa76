import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import type { CliProcess } from '../src/cliCommand.ts'
import { runProgram } from '../src/program.ts'

const executable = fileURLToPath(new URL('../bin/kamihi.js', import.meta.url))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A bot project on its own in a temporary folder: nothing is installed beside it. */
export function project(files: Record<string, string> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'kamihi-project-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), content)
  }
  return dir
}

/** Has no effects, so it may run again for a person whose process was killed. */
export const greet = `import { defineAction } from 'kamihi'
export default defineAction({ idempotent: true, async run({ user }) { return 'Hello ' + (user?.name ?? 'all') } })
`

type Env = Record<string, string>

/** Nothing of this process that could change what a command does. */
function environment(env: Env): Env {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME, ...env }
}

/** Runs a command to its end, in this process because starting one takes seconds; `input` is what it reads on standard input. */
export async function kamihi(
  dir: string,
  args: string[],
  env: Env = {},
  input: string | CliProcess['stdin'] = '',
): Promise<Ended> {
  const [stdout, stderr] = [written(), written()]
  const own: CliProcess = {
    stdin: typeof input === 'string' ? Readable.from([input]) : input,
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: environment(env),
  }
  const folder = process.cwd()
  process.chdir(dir)
  try {
    await runProgram(args, own)
  } finally {
    process.chdir(folder)
  }
  return { code: Number(own.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() }
}

function written(): { stream: Writable; text(): string } {
  let all = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      all += chunk
      done()
    },
  })
  return { stream, text: () => all }
}

/** What somebody types at a terminal. */
export const typed = (text: string): CliProcess['stdin'] =>
  Object.assign(Readable.from([text]), { isTTY: true })

/** What a command with `--json` printed. */
export async function json<T>(dir: string, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await kamihi(dir, [...args, '--json'])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return JSON.parse(stdout) as T
}

function start(dir: string, args: string[], env: Env): ChildProcess {
  return spawn(process.execPath, [executable, ...args], { cwd: dir, env: environment(env) })
}

/** The same as `kamihi`, by the executable that is installed, in a process of its own. */
export function kamihiProcess(dir: string, args: string[], env: Env = {}, input = ''): Promise<Ended> {
  const child = start(dir, args, env)
  // A command that does not read it may be gone before it is written.
  child.stdin?.on('error', () => {}).end(input)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (data) => {
    stdout += data
  })
  child.stderr?.on('data', (data) => {
    stderr += data
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}

export interface RunningProcess {
  output(): string
  /** Its exit code, once it has ended by itself. */
  ended(): Promise<number | null>
  /** Sends the signal and gives the exit code. */
  kill(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts `kamihi run` and resolves when it says that it runs. */
export async function running(dir: string, env: Env = {}, options: string[] = []): Promise<RunningProcess> {
  const child = start(dir, ['run', ...options], env)
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  await new Promise<void>((resolve, reject) => {
    const read = (data: Buffer) => {
      output += data
      if (output.includes('Kamihi is running')) resolve()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    void ended.then((code) => reject(new Error(`kamihi run ended with ${code}:\n${output}`)))
  })
  return {
    output: () => output,
    ended: () => ended,
    kill(signal) {
      child.kill(signal)
      return ended
    },
  }
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = await listening()
  const { port } = server
  await server.close()
  return port
}

/** Listens on a port of loopback until the test ends. */
export async function listening(): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) }
}
