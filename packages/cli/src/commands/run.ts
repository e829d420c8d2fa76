import { InvalidArgumentError } from 'commander'
import type { CliCommand } from '../cliCommand.ts'
import { loadProject } from '../project.ts'
import { checkStandIn } from '../standIn.ts'
import { welcome } from '../welcome.ts'

interface RunOptions {
  host?: string
  port?: number
  logLevel?: string
  new?: boolean
}

/** Adds `kamihi run`. */
export function addRunCommand(program: CliCommand): void {
  program
    .command('run')
    .description('start the bot, its jobs and its dashboard')
    .option('--host <host>', 'where the dashboard listens', host)
    .option('-p, --port <port>', 'port of the dashboard', port)
    .option('-l, --log-level <level>', 'least level that is logged')
    .option('--new', 'begin with an empty database where there was one before')
    .action((options: RunOptions, command: CliCommand) => runBot(options, command))
}

function host(text: string): string {
  if (/[/\s]|:\d+$/.test(text))
    throw new InvalidArgumentError('Invalid host value: give a name or an address, without port or slash')
  return text
}

function port(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1024 || value > 65_535)
    throw new InvalidArgumentError('Must be a number from 1024 to 65535')
  return value
}

async function runBot(options: RunOptions, command: CliCommand): Promise<void> {
  const loaded = await loadProject(command, overridesOf(options))
  checkStandIn(loaded)
  const print = (text: string) => command.process.stdout.write(text)
  // Loaded here, because the other commands start faster without the server.
  const { startBot } = await import('../startBot.ts')
  let welcomed = false
  const bot = await startBot({
    config: loaded.config,
    configSources: loaded,
    projectDir: process.cwd(),
    newDatabase: options.new ?? false,
    onSetupLink: (link) => {
      if (welcomed) print(`\n  A new set-up link: ${link}\n\n`)
    },
  })
  print(welcome(bot))
  welcomed = true
  const lost = await Promise.race([untilStopped(), bot.kamihi.health.fatal])
  await bot.stop()
  if (lost) throw lost
}

function overridesOf({ host: webHost, port: webPort, logLevel }: RunOptions): object {
  const web = {
    ...(webHost === undefined ? {} : { host: webHost }),
    ...(webPort === undefined ? {} : { port: webPort }),
  }
  return {
    ...(Object.keys(web).length > 0 ? { web } : {}),
    ...(logLevel ? { log: { stdoutLevel: logLevel.toUpperCase() } } : {}),
  }
}

/** Resolves with the first SIGINT or SIGTERM; the second one ends the process at once, which is safe. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const stop = () => {
      if (asked) process.exit(130)
      asked = true
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
