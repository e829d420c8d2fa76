import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** A folder with the given files. */
export function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'kamihi-repository-'))
  for (const [path, text] of Object.entries(files)) write(folder, path, text)
  return folder
}

export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** The repository as it stands, uncommitted changes too, without what is installed or built. */
export function copyOfRepository(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' })
  const folder = mkdtempSync(join(tmpdir(), 'kamihi-copy-'))
  for (const file of git('ls-files', '--cached', '--others', '--exclude-standard').trim().split('\n'))
    if (existsSync(join(root, file))) cpSync(join(root, file), join(folder, file))
  return folder
}
