// What the benches take from the packages that are built, and from what those packages install.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const requireFrom = (name) => createRequire(new URL(`../../packages/${name}/package.json`, import.meta.url))

/** Telegram's client that Kamihi builds on, as it is without Kamihi. */
export const { Telegraf, Telegram } = requireFrom('core')('telegraf')
export const Database = requireFrom('store')('better-sqlite3')

/** The version of a package that one of Kamihi's packages installs. */
export function versionOf(name, dependent) {
  const entry = requireFrom(dependent).resolve(name)
  const folder = entry.slice(0, entry.lastIndexOf(`node_modules/${name}/`))
  return JSON.parse(readFileSync(`${folder}node_modules/${name}/package.json`, 'utf8')).version
}
