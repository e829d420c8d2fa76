import { systemClock } from '@kamihi/core'
import type { CliCommand } from '../cliCommand.ts'
import { type Finding, worst } from '../doctor/finding.ts'
import { wrongSettings } from '../doctor/settings.ts'
import { print } from '../output.ts'
import { loadProject } from '../project.ts'
import { version } from '../version.ts'
import { counted } from '../words.ts'

interface DoctorOptions {
  deep?: boolean
}

const exitCodes = { ok: 0, warning: 1, error: 2 } as const

/** Adds `kamihi doctor`. */
export function addDoctorCommand(program: CliCommand): void {
  program
    .command('doctor')
    .description(
      'look at everything a bot rests on, and say what is wrong: exit code 0 nothing, 1 warnings, 2 errors',
    )
    .option('--deep', 'read all of the database, which takes longer')
    .option('--json', 'print JSON')
    .action((options: DoctorOptions, command: CliCommand) => doctor(options, command))
}

async function doctor(options: DoctorOptions, command: CliCommand): Promise<void> {
  const findings = await findingsOf(options, command)
  const level = worst(findings)
  print(command, { version, level, findings }, () => linesOf(findings))
  command.process.exitCode = exitCodes[level]
}

async function findingsOf({ deep = false }: DoctorOptions, command: CliCommand): Promise<Finding[]> {
  const loaded = await loadProject(command).catch((reason: unknown) => ({ wrong: wrongSettings(reason) }))
  if ('wrong' in loaded) return [loaded.wrong]
  // Loaded here, because the other commands start faster without the server.
  const { examine } = await import('../doctor/examine.ts')
  return examine({ loaded, folder: process.cwd(), deep, now: systemClock.now() })
}

function linesOf(findings: Finding[]): string[] {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const lines = findings.flatMap(({ check, level, found, action }) => [
    `${level.padEnd(7)}  ${check.padEnd(width)}  ${found}`,
    ...(action === null ? [] : [`${' '.repeat(width + 11)}→ ${action}`]),
  ])
  const [errors, warnings] = (['error', 'warning'] as const).map(
    (level) => findings.filter((finding) => finding.level === level).length,
  )
  const summary =
    errors === 0 && warnings === 0
      ? 'All is well.'
      : `${counted(errors ?? 0, 'error')}, ${counted(warnings ?? 0, 'warning')}.`
  return [...lines, '', summary]
}
