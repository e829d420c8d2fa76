import { createInterface } from 'node:readline/promises'
import type { CliProcess } from './cliCommand.ts'
import { CliError } from './output.ts'

/**
 * Asks the person at the terminal; anything but yes is no.
 * @throws CliError when nobody is there to be asked
 */
export async function confirm({ stdin, stderr }: CliProcess, question: string): Promise<boolean> {
  if (!stdin.isTTY) throw new CliError(`${question} Nobody can be asked here: add --yes.`)
  // Standard output is for what the command prints.
  const terminal = createInterface({ input: stdin, output: stderr })
  try {
    return /^\s*y(es)?\s*$/i.test(await terminal.question(`${question} [y/N] `))
  } finally {
    terminal.close()
  }
}
