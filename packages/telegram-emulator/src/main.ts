import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { createEmulator, type Emulator, type EmulatorOptions } from './emulator.ts'
import { defaultLimits, type FloodLimits } from './flood/flood.ts'

const usage = `Usage: telegram-emulator [options]

  --port <number>       Default 4243; 0 takes any free port
  --token <token>       The token that the bot uses
  --seed <file>         Begin with the state in this file
  --save <file>         Keep the state in this file when stopped with Ctrl+C
  --no-limits           Accept messages however fast they come
  --limit <name=n/s>    Change a flood limit, e.g. all=60/1 or group=40/60: messages / seconds
  --open                Open the chat page
  --host <address>      Default 127.0.0.1
  --exposed             Allow a --host that other machines can reach
  --help
`

const options = {
  port: { type: 'string', default: '4243' },
  token: { type: 'string' },
  seed: { type: 'string' },
  save: { type: 'string' },
  'no-limits': { type: 'boolean', default: false },
  limit: { type: 'string', multiple: true },
  open: { type: 'boolean', default: false },
  host: { type: 'string' },
  exposed: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} satisfies ParseArgsConfig['options']

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values']

try {
  const { values } = parseArgs({ options })
  if (values.help) process.stdout.write(usage)
  else await run(values)
} catch (error) {
  process.stderr.write(`telegram-emulator: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function run(values: Values): Promise<void> {
  const emulator = await createEmulator(emulatorOptions(values))
  process.stdout.write(
    `\n  Bot API    ${emulator.url}\n  Token      ${emulator.token}\n  Chat page  ${emulator.pageUrl}\n  Stop       Ctrl+C\n\n`,
  )
  if (values.open) openPage(emulator.pageUrl)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop(emulator, values.save))
}

function emulatorOptions(values: Values): EmulatorOptions {
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port is a number from 0 to 65535; "${values.port}" was given.`)
  return {
    port,
    limits: values['no-limits'] ? false : Object.fromEntries((values.limit ?? []).map(limitOf)),
    exposed: values.exposed,
    ...(values.token ? { token: values.token } : {}),
    ...(values.seed ? { seedFile: values.seed } : {}),
    ...(values.host ? { host: values.host } : {}),
  }
}

function limitOf(words: string): [keyof FloodLimits, { most: number; perMs: number }] {
  const [, name, most, seconds] = /^(\w+)=(\d+)\/(\d+)$/.exec(words) ?? []
  if (!name || !Object.hasOwn(defaultLimits, name) || !Number(most) || !Number(seconds))
    throw new Error(
      `--limit is ${Object.keys(defaultLimits).join(', ')} with messages / seconds, e.g. all=60/1; "${words}" was given.`,
    )
  return [name as keyof FloodLimits, { most: Number(most), perMs: Number(seconds) * 1000 }]
}

async function stop(emulator: Emulator, file: string | undefined): Promise<void> {
  if (file) await writeFile(file, JSON.stringify(await emulator.control.save()))
  await emulator.close()
}

function openPage(url: string): void {
  const [command, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[
    process.platform as string
  ] ?? ['xdg-open']
  spawn(command as string, [...args, url], { stdio: 'ignore', detached: true })
    .once('error', () => process.stderr.write(`No browser could be opened; the chat page is at ${url}\n`))
    .unref()
}
