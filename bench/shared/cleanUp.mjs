// What a bench starts is ended with it, however it ends.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const undos = []
process.once('exit', () => {
  for (const undo of undos.reverse()) undo()
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1))

/** Calls `undo` when this process ends; it must be synchronous. */
export function atEnd(undo) {
  undos.push(undo)
}

/** A folder that is removed at the end. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `kamihi-bench-${name}-`))
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}
