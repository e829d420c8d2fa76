import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { backupFolder, stemOf } from '../../files/databaseFile.ts'

/** What to do about a database that is lost or damaged: the command that brings the newest copy back, or where to look for one. */
export function restoreHint(path: string): string {
  const newest = newestCopy(path)
  return newest
    ? `Nothing was changed. Bring the newest copy back with: kamihi db restore ${newest}`
    : `Nothing was changed. There is no copy in ${backupFolder(path)}; bring another one back with: kamihi db restore FILE`
}

/** The copy that was finished last: a backup, or what was kept before an upgrade. */
function newestCopy(path: string): string | null {
  const folder = backupFolder(path)
  if (!existsSync(folder)) return null
  const copies = readdirSync(folder)
    .filter((name) => name.startsWith(`${stemOf(path)}-`) && name.endsWith('.db'))
    .map((name) => ({ file: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at)
  return copies[0]?.file ?? null
}
