import { CommanderError } from 'commander'
import { CliCommand, type CliProcess } from './cliCommand.ts'
import { addActionCommand } from './commands/action.ts'
import { addDbCommand } from './commands/db.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addJobCommand } from './commands/job.ts'
import { addOwnerCommand } from './commands/owner.ts'
import { addPermissionCommand } from './commands/permission.ts'
import { addRoleCommand } from './commands/role.ts'
import { addRunCommand } from './commands/run.ts'
import { addTokenCommand } from './commands/token.ts'
import { addUserCommand } from './commands/user.ts'
import { addVersionCommand } from './commands/version.ts'
import { fail } from './output.ts'

/** Runs one command line and sets the exit code: 0 done, 1 refused or failed with a clear sentence, 2 wrong usage. */
export async function runProgram(args: string[], process: CliProcess): Promise<void> {
  try {
    await createProgram(process).parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else fail(process, error)
  }
}

/** The command line `kamihi`. Wrong usage throws a CommanderError instead of ending the process. */
export function createProgram(process: CliProcess): CliCommand {
  const program = new CliCommand(process, 'kamihi')
  program
    .description('Telegram bots that can be relied upon')
    .option('--settings-path <file>', 'configuration file to use instead of the one that is found')
    .showHelpAfterError('Try "kamihi --help".')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => process.stdout.write(text),
      writeErr: (text) => process.stderr.write(text),
    })
  addRunCommand(program)
  addUserCommand(program)
  addRoleCommand(program)
  addPermissionCommand(program)
  addActionCommand(program)
  addJobCommand(program)
  addOwnerCommand(program)
  addTokenCommand(program)
  addDbCommand(program)
  addDoctorCommand(program)
  addVersionCommand(program)
  return program
}
