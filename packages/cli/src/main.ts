import { CommanderError } from 'commander'
import { fail } from './output.ts'
import { createProgram } from './program.ts'

/** Exit codes: 0 done, 1 refused or failed with a clear sentence, 2 wrong usage. */
try {
  await createProgram().parseAsync(process.argv)
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else fail(error)
}
