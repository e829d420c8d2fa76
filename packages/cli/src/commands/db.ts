import { openStore, schemaStatus } from '@kamihi/store'
import { Command } from 'commander'
import { print } from '../output.ts'
import { projectConfig } from '../project.ts'
import { backupCommand } from './dbBackup.ts'
import { checkCommand } from './dbCheck.ts'
import { restoreCommand } from './dbRestore.ts'

export function dbCommand(): Command {
  const db = new Command('db').description('the database')
  db.command('status')
    .description('show the version of the schema')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }, command: Command) => {
      const config = await projectConfig(command)
      const status = await schemaStatus(config.db.url)
      print(options, status, () => [
        `${status.path}: schema ${status.current} of ${status.latest}${status.pending > 0 ? `, ${status.pending} to apply with "kamihi db upgrade"` : ', up to date'}`,
      ])
    })
  db.command('upgrade')
    .description('bring the schema up to date, after a copy of the file was made')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }, command: Command) => {
      const config = await projectConfig(command)
      const store = await openStore({ url: config.db.url, synchronous: config.db.synchronous })
      await store.close()
      const status = await schemaStatus(config.db.url)
      print(options, status, () => [`Upgraded: schema ${status.current}`])
    })
  db.addCommand(backupCommand())
  db.addCommand(restoreCommand())
  db.addCommand(checkCommand())
  return db
}
