import { relative } from 'node:path'
import type { JobTimes } from '@kamihi/contracts'
import type { Config } from '@kamihi/core'
import { nextRunAt, parseTimes } from '@kamihi/jobs'
import { databaseFile, listBackups, type RestoreOutcome, restoreBackup } from '@kamihi/store'
import type { CliCommand } from '../cliCommand.ts'
import { confirm } from '../confirm.ts'
import { CliError, print } from '../output.ts'
import { cliChange, projectConfig } from '../project.ts'
import { counted } from '../words.ts'

interface RestoreOptions {
  catchUp?: boolean
  yes?: boolean
}

/** Adds `kamihi db restore`. */
export function addRestoreCommand(db: CliCommand): void {
  db.command('restore')
    .description('put a backup in the place of the database, which is kept; the bot has to be stopped')
    .argument('<file>', 'the backup')
    .option('--catch-up', 'let jobs fire for what they missed since, and open runs go on')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print JSON')
    .action((file: string, options: RestoreOptions, command: CliCommand) => restore(file, options, command))
}

async function restore(file: string, options: RestoreOptions, command: CliCommand): Promise<void> {
  const config = await projectConfig(command)
  const { url } = config.db
  const path = relative('', databaseFile(url))
  if (!options.yes && !(await confirm(command.process, `Put ${file} in the place of ${path}?`)))
    throw new CliError('Nothing was changed.')
  const change = cliChange()
  const outcome = restoredOr(
    await restoreBackup({
      url,
      file,
      change,
      catchUp: options.catchUp ?? false,
      nextRunAt: (job) => nextTime(config, job, change.now),
    }),
    url,
  )
  const { kind: _, ...data } = outcome
  print(command, data, () => linesOf(outcome, file))
}

function nextTime(config: Config, job: JobTimes, now: number): number | null {
  const parsed = parseTimes({ config }, job)
  return parsed.kind === 'valid' ? nextRunAt(parsed.schedule, now) : null
}

type Restored = Extract<RestoreOutcome, { kind: 'restored' }>

function restoredOr(outcome: RestoreOutcome, url: string): Restored {
  if (outcome.kind === 'restored') return outcome
  throw new CliError(`${refusal(outcome, url)} Nothing was changed.`)
}

function refusal(outcome: Exclude<RestoreOutcome, Restored>, url: string): string {
  switch (outcome.kind) {
    case 'no_file':
      return `There is no file ${outcome.path}.${known(url)}`
    case 'same_file':
      return `${outcome.path} is the database itself.${known(url)}`
    case 'damaged':
      return `The backup is damaged: ${outcome.problems[0]}.${known(url)}`
    case 'not_a_backup':
      return 'The file is no database of Kamihi.'
    case 'newer_schema':
      return `The backup has schema ${outcome.schema}; this version of Kamihi knows ${outcome.latest}. Use the newer version.`
    case 'bot_running':
      return `A bot is running on the database (lease "${outcome.lease.name}" of ${outcome.lease.holder} until ${new Date(outcome.lease.until).toISOString()}). Stop it first.`
    case 'in_use':
      return 'Another process has the database open. Stop it first.'
  }
}

/** The newest backups there are, for whoever mistyped one. */
function known(url: string): string {
  const names = listBackups(url).slice(0, 3)
  return names.length === 0 ? '' : ` Backups are ${names.map(({ path }) => relative('', path)).join(', ')}.`
}

function linesOf({ path, old, changed }: Restored, file: string): string[] {
  const { sessionsEnded, uncertain, runsCancelled, jobsMoved, updatesDropped } = changed
  const done = [
    sessionsEnded > 0 && `${counted(sessionsEnded, 'session')} ended: everybody has to sign in again`,
    uncertain > 0 && `${counted(uncertain, 'message')} in the air then: marked uncertain, not sent again`,
    runsCancelled > 0 &&
      `${counted(runsCancelled, 'run')} open then: cancelled, "retry" sends what is missing`,
    jobsMoved > 0 && `${counted(jobsMoved, 'job')} due since: moved to the next time`,
    updatesDropped > 0 && `${counted(updatesDropped, 'message')} of people not answered then: dropped`,
  ]
  return [
    `Restored ${relative('', path)} from ${file}`,
    ...(old === null ? [] : [`The old database is kept as ${relative('', old)}`]),
    ...done.filter((line) => line !== false).map((line) => `  ${line}`),
  ]
}
