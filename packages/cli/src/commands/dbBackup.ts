import { basename, relative } from 'node:path'
import type { Config } from '@kamihi/core'
import { type BackupOutcome, createBackup, openStore, schemaStatus } from '@kamihi/store'
import { InvalidArgumentError } from 'commander'
import type { CliCommand } from '../cliCommand.ts'
import { CliError, print } from '../output.ts'
import { cliChange, projectConfig } from '../project.ts'
import { size } from '../words.ts'

interface BackupOptions {
  keep?: number
}

/** Adds `kamihi db backup`. */
export function addBackupCommand(db: CliCommand): void {
  db.command('backup')
    .description('copy the database; works while the bot runs')
    .argument('[path]', 'a folder, or the name of a new file (default: backups/ beside the database)')
    .option('--keep <n>', 'how many of the newest stay in the folder (default: db.backup.keep)', count)
    .option('--json', 'print JSON')
    .action((path: string | undefined, options: BackupOptions, command: CliCommand) =>
      backUp(path, options, command),
    )
}

function count(text: string): number {
  const value = Number(text)
  if (!/^\d{1,5}$/.test(text) || value < 1) throw new InvalidArgumentError('Must be a number from 1 to 99999')
  return value
}

async function backUp(path: string | undefined, options: BackupOptions, command: CliCommand): Promise<void> {
  const config = await projectConfig(command)
  const { backup, removed } = madeOr(
    await createBackup({
      url: config.db.url,
      method: 'vacuum',
      keep: options.keep ?? config.db.backup.keep,
      now: cliChange().now,
      ...(path === undefined ? {} : { to: path }),
    }),
  )
  await writeDown(command, config, basename(backup.path))
  print(command, { ...backup, at: new Date(backup.at).toISOString(), removed }, () => [
    `Backup made: ${relative('', backup.path)} (${size(backup.sizeBytes)})`,
    ...removed.map((file) => `Removed: ${relative('', file)}`),
  ])
}

type Made = Extract<BackupOutcome, { kind: 'made' }>

function madeOr(outcome: BackupOutcome): Made {
  switch (outcome.kind) {
    case 'made':
      return outcome
    case 'no_database':
      throw new CliError(`There is no database at ${outcome.path} (db.url).`)
    case 'exists':
      throw new CliError(`${outcome.path} is there already. Give another name, or a folder.`)
    case 'damaged':
      throw new CliError(
        `The database is damaged, so no backup was made and none was removed: ${outcome.problems[0]}. "kamihi db check" tells more.`,
      )
  }
}

/** Who took a copy of everything is on record; a backup that was made does not fail for that. */
async function writeDown({ process }: CliCommand, config: Config, label: string): Promise<void> {
  const { url, synchronous } = config.db
  try {
    // Opening would bring an older schema up to date, which nobody asked for.
    if ((await schemaStatus(url)).pending > 0) return
    const store = await openStore({ url, synchronous })
    await store.audit.add(
      { verb: 'backup.created', object: { kind: 'backup', id: null, label } },
      cliChange(),
    )
    await store.close()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    process.stderr.write(`kamihi: the backup could not be written into the audit log: ${why}\n`)
  }
}
