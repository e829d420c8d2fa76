import { Command } from 'commander'
import { actionCommand } from './commands/action.ts'
import { dbCommand } from './commands/db.ts'
import { doctorCommand } from './commands/doctor.ts'
import { jobCommand } from './commands/job.ts'
import { ownerCommand } from './commands/owner.ts'
import { permissionCommand } from './commands/permission.ts'
import { roleCommand } from './commands/role.ts'
import { runCommand } from './commands/run.ts'
import { tokenCommand } from './commands/token.ts'
import { userCommand } from './commands/user.ts'
import { versionCommand } from './commands/version.ts'

/** The command line `kamihi`. Wrong usage throws a CommanderError instead of ending the process. */
export function createProgram(): Command {
  const program = new Command('kamihi')
    .description('Telegram bots that can be relied upon')
    .option('--settings-path <file>', 'configuration file to use instead of the one that is found')
    .showHelpAfterError('Try "kamihi --help".')
    .exitOverride()
  const commands = [
    runCommand(),
    userCommand(),
    roleCommand(),
    permissionCommand(),
    actionCommand(),
    jobCommand(),
    ownerCommand(),
    tokenCommand(),
    dbCommand(),
    doctorCommand(),
    versionCommand(),
  ]
  for (const command of commands) program.addCommand(inherit(command))
  return program
}

/** Sub-commands made apart do not inherit these settings by themselves. */
function inherit(command: Command): Command {
  command.exitOverride().showHelpAfterError('Try "kamihi --help".')
  for (const child of command.commands) inherit(child)
  return command
}
