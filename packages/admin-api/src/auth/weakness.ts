import { readFileSync } from 'node:fs'
import { type Issue, plainWeaknessOf } from '@kamihi/contracts'

/**
 * The 5000 most used passwords of twelve or more characters (in small letters), of Mark Burnett's public list of ten million
 * passwords that had leaked by 2015. It knows what people choose, not what leaked since.
 */
const listFile = new URL('../../data/common-passwords.txt', import.meta.url)

let common: ReadonlySet<string> | null = null

/**
 * Why a password cannot be used, or null: what a browser can tell too, and that it is one of the most used ones.
 * `names`: those that a stranger knows, such as that of the bot or of the host.
 */
export function weaknessOf(password: string, username: string, names: readonly string[] = []): Issue | null {
  const weakness = plainWeaknessOf(password, username, names)
  if (weakness) return weakness
  common ??= new Set(readFileSync(listFile, 'utf8').split('\n'))
  return common.has(password.toLowerCase()) ? { kind: 'password_common' } : null
}
