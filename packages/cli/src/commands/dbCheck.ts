import { relative } from 'node:path'
import { checkDatabase, type DatabaseReport, listBackups } from '@kamihi/store'
import type { CliCommand } from '../cliCommand.ts'
import { CliError, print } from '../output.ts'
import { projectConfig } from '../project.ts'

/** Adds `kamihi db check`. */
export function addCheckCommand(db: CliCommand): void {
  db.command('check')
    .description('look for damage, and for rows that contradict each other; exit code 1 when there is any')
    .option('--json', 'print JSON')
    .action((_options: object, command: CliCommand) => check(command))
}

async function check(command: CliCommand): Promise<void> {
  const { url } = (await projectConfig(command)).db
  const report = await checkDatabase({ url })
  if (!report.exists) throw new CliError(`There is no database at ${report.path} (db.url).`)
  print(command, report, () => linesOf(report, url))
  if (!report.ok) command.process.exitCode = 1
}

function linesOf(report: DatabaseReport, url: string): string[] {
  const lines = report.checks.flatMap(({ name, found, problems }) => [
    `${problems.length === 0 ? 'ok   ' : 'wrong'}  ${name.padEnd(13)} ${found}`,
    ...problems.map((problem) => `         ${problem}`),
  ])
  return [...lines, ...advice(report, url)]
}

function advice({ checks }: DatabaseReport, url: string): string[] {
  const wrong = new Set(checks.flatMap(({ name, problems }) => (problems.length > 0 ? [name] : [])))
  if (wrong.has('integrity')) return [restoreAdvice(url)]
  if (wrong.has('schema'))
    return ['Bring an older schema up to date with "kamihi db upgrade"; a newer one needs a newer Kamihi.']
  return wrong.size > 0
    ? [
        'The file is sound, so the bot can go on. Keep a backup, and report this with what is above: rows should never contradict each other.',
      ]
    : []
}

function restoreAdvice(url: string): string {
  const newest = listBackups(url)[0]
  return newest
    ? `Stop the bot and bring the newest backup back with "kamihi db restore ${relative('', newest.path)}".`
    : 'Stop the bot, and bring a backup back with "kamihi db restore FILE".'
}
