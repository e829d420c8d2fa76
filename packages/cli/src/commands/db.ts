import { openStore, schemaStatus } from '@kamihi/store'
import type { CliCommand } from '../cliCommand.ts'
import { print } from '../output.ts'
import { projectConfig } from '../project.ts'
import { addBackupCommand } from './dbBackup.ts'
import { addCheckCommand } from './dbCheck.ts'
import { addRestoreCommand } from './dbRestore.ts'

/** Adds `kamihi db`. */
export function addDbCommand(program: CliCommand): void {
  const db = program.command('db').description('the database')
  db.command('status')
    .description('show the version of the schema')
    .option('--json', 'print JSON')
    .action(async (_options: object, command: CliCommand) => {
      const config = await projectConfig(command)
      const status = await schemaStatus(config.db.url)
      print(command, status, () => [
        `${status.path}: schema ${status.current} of ${status.latest}${status.pending > 0 ? `, ${status.pending} to apply with "kamihi db upgrade"` : ', up to date'}`,
      ])
    })
  db.command('upgrade')
    .description('bring the schema up to date, after a copy of the file was made')
    .option('--json', 'print JSON')
    .action(async (_options: object, command: CliCommand) => {
      const config = await projectConfig(command)
      const store = await openStore({ url: config.db.url, synchronous: config.db.synchronous })
      await store.close()
      const status = await schemaStatus(config.db.url)
      print(command, status, () => [`Upgraded: schema ${status.current}`])
    })
  addBackupCommand(db)
  addRestoreCommand(db)
  addCheckCommand(db)
}
