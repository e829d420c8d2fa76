import type { Readable, Writable } from 'node:stream'
import { Command } from 'commander'

/** What commands use of the process they run in: `process` itself, or what a test hands in. */
export interface CliProcess {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable
  readonly stderr: Writable
  readonly env: Readonly<Record<string, string | undefined>>
  /** What the process ends with; 0 while it is not set. */
  exitCode?: number | string | undefined
}

/** A command that knows the process it runs in, as its sub-commands do. */
export class CliCommand extends Command {
  readonly process: CliProcess

  constructor(process: CliProcess, name?: string) {
    super(name)
    this.process = process
  }

  override createCommand(name?: string): CliCommand {
    return new CliCommand(this.process, name)
  }
}
