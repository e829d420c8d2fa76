import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Why the file cannot be written, as far as the file system tells: ` — it belongs to user 0 …`, or nothing. */
export function explain(path: string): string {
  if (path === ':memory:') return ''
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return ` — ${path} is a folder`
  return reasonOf(path) ?? reasonOf(dirname(path)) ?? ''
}

function reasonOf(place: string): string | null {
  if (!existsSync(place)) return null
  try {
    accessSync(place, constants.R_OK | constants.W_OK)
    return null
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EROFS') return ` — ${place} is on a file system that is mounted read-only`
    const { uid, mode } = statSync(place)
    const me = process.getuid?.()
    const owner = me === undefined || me === uid ? '' : `; it belongs to user ${uid}, this is user ${me}`
    return ` — ${place} may not be written (mode ${(mode & 0o777).toString(8)}${owner})`
  }
}
