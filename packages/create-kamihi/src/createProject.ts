import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

export type Created =
  | { kind: 'created'; folder: string }
  | { kind: 'not_empty'; folder: string }
  | { kind: 'invalid_name'; name: string }

/** What npm accepts as the name of a package (https://docs.npmjs.com/cli/configuring-npm/package-json#name), without scopes. */
const packageName = /^[a-z0-9][a-z0-9._-]{0,213}$/

/**
 * Copies the template into a folder, which is made when it is missing.
 * @param folder relative to `cwd`; its last part becomes the name of the package
 */
export function createProject(folder: string, options: { cwd: string; template: string }): Created {
  const target = resolve(options.cwd, folder)
  const name = basename(target)
  if (!packageName.test(name)) return { kind: 'invalid_name', name }
  if (existsSync(target) && readdirSync(target).length > 0) return { kind: 'not_empty', folder: target }
  cpSync(options.template, target, { recursive: true })
  // npm leaves files called .gitignore out of packages.
  renameSync(join(target, 'gitignore'), join(target, '.gitignore'))
  const manifest = join(target, 'package.json')
  const content = JSON.parse(readFileSync(manifest, 'utf8')) as object
  writeFileSync(manifest, `${JSON.stringify({ ...content, name }, null, 2)}\n`)
  return { kind: 'created', folder: target }
}
