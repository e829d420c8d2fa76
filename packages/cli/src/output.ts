import type { CliCommand, CliProcess } from './cliCommand.ts'

/** An expected refusal: told in one sentence, exit code 1. */
export class CliError extends Error {}

/** Prints data: JSON for machines (`--json`), or lines for people. */
export function print(command: CliCommand, data: unknown, lines: () => string[]): void {
  const { json = false } = command.opts<{ json?: boolean }>()
  command.process.stdout.write(
    json
      ? `${JSON.stringify(data, null, 2)}\n`
      : lines()
          .map((line) => `${line}\n`)
          .join(''),
  )
}

/** Tells what went wrong in one sentence on standard error and leaves exit code 1. */
export function fail(process: CliProcess, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`kamihi: ${message}\n`)
  if (!(error instanceof CliError) && process.env.KAMIHI_DEBUG)
    process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`)
  process.exitCode = 1
}

/** Columns padded to the same width, with a heading. */
export function table(heading: string[], rows: string[][]): string[] {
  const all = [heading, ...rows]
  const widths = heading.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
