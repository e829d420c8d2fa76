import type { CliCommand } from '../cliCommand.ts'
import { version } from '../version.ts'

/** Adds `kamihi version`. */
export function addVersionCommand(program: CliCommand): void {
  program
    .command('version')
    .description('print the version')
    .action((_options: object, command: CliCommand) => {
      command.process.stdout.write(`${version}\n`)
    })
}
