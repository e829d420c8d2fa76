import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { Emulator, EmulatorOptions } from './emulator.ts'
import { defaultLimits, type FloodLimits } from './flood/flood.ts'

const usage = `Usage: telegram-emulator [options]

  --port <number>       Default 4243; 0 takes any free port
  --token <token>       The token that the bot uses
  --username <name>     Username of the bot, without @
  --name <name>         Name of the bot
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
  username: { type: 'string' },
  name: { type: 'string' },
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
  if (values.save) checkWritable(values.save)
  const chosen = emulatorOptions(values)
  // Not before: help, and what is wrong with the options, need not wait until the server is loaded.
  const { createEmulator } = await import('./emulator.ts')
  const emulator = await createEmulator(chosen)
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
  if (values['no-limits'] && values.limit)
    throw new Error('--limit and --no-limits contradict each other; give one of them.')
  return {
    port,
    portSetting: `--port ${port + 1}`,
    limits: values['no-limits'] ? false : Object.fromEntries((values.limit ?? []).map(limitOf)),
    exposed: values.exposed,
    ...(values.token ? { token: values.token } : {}),
    ...(values.seed && !isNew(values) ? { seedFile: values.seed } : {}),
    bot: {
      ...(values.username ? { username: values.username } : {}),
      ...(values.name ? { firstName: values.name } : {}),
    },
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

/** The file that is kept does not have to be there the first time. */
function isNew({ seed, save }: Values): boolean {
  return seed !== undefined && seed === save && !existsSync(seed)
}

/** Found out at the start, for at the end the state would be lost. */
function checkWritable(file: string): void {
  try {
    accessSync(existsSync(file) ? file : dirname(resolve(file)), constants.W_OK)
  } catch {
    throw new Error(`--save ${file} cannot be written: there is no such folder, or it is not yours.`)
  }
}

async function stop(emulator: Emulator, file: string | undefined): Promise<void> {
  try {
    if (file) await writeFile(file, JSON.stringify(await emulator.control.save()))
  } catch (error) {
    process.stderr.write(`telegram-emulator: the state was not kept: ${(error as Error).message}\n`)
    process.exitCode = 1
  }
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
