import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createControlClient, type EmulatorControl } from '@kamihi/telegram-emulator'

const executable = fileURLToPath(new URL('../../../packages/cli/bin/kamihi.js', import.meta.url))
const template = dirname(fileURLToPath(new URL('../../example-bot/package.json', import.meta.url)))

export interface RunningBot {
  dashboard: string
  setUpLink: string
  chatPage: string
  control: EmulatorControl
  output(): string
  kill(signal: NodeJS.Signals): Promise<number | null>
  /** Starts it again on the same database and ports, with more settings if they are given. */
  restart(more?: Record<string, string>): Promise<void>
}

/**
 * The example bot in a folder of its own, started as a person would: as a process, with its own ports.
 * `alter` changes the folder before.
 */
export async function startExampleBot(
  env: Record<string, string> = {},
  alter: (dir: string) => void = () => {},
): Promise<RunningBot> {
  const dir = mkdtempSync(join(tmpdir(), 'kamihi-journey-'))
  for (const part of ['actions', 'kamihi.yaml', 'demo.yaml'])
    cpSync(join(template, part), join(dir, part), { recursive: true })
  alter(dir)
  const [web, chat] = [await freePort(), await freePort()]
  const settings = {
    KAMIHI_WEB__PORT: String(web),
    KAMIHI_TELEGRAM__EMULATOR__PORT: String(chat),
    ...env,
  }
  let bot = await launch(dir, settings)
  const chatPage = `http://localhost:${chat}/`
  return {
    dashboard: `http://localhost:${web}`,
    setUpLink: /http\S+\/setup#token=\S+/.exec(bot.output())?.[0] ?? '',
    chatPage,
    control: createControlClient(chatPage),
    output: () => bot.output(),
    kill: (signal) => bot.kill(signal),
    async restart(more = {}) {
      bot = await launch(dir, { ...settings, ...more })
    },
  }
}

/** Lets the job of the demo, which fires each minute, fire at other times. */
export function scheduleDemo(dir: string, cron: string): void {
  const file = join(dir, 'demo.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"* * * * *"', JSON.stringify(cron)))
}

async function launch(cwd: string, settings: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env
  const child: ChildProcess = spawn(process.execPath, [executable, 'run'], {
    cwd,
    env: { PATH, HOME, ...settings },
  })
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  await new Promise<void>((resolve, reject) => {
    const read = (data: Buffer) => {
      output += data
      if (output.includes('Ctrl+C')) resolve()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    void ended.then((code) => reject(new Error(`kamihi run ended with ${code}:\n${output}`)))
  })
  return {
    output: () => output,
    kill(signal: NodeJS.Signals) {
      child.kill(signal)
      return ended
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return typeof address === 'object' && address ? address.port : 0
}
