import type { Issue } from './issue.ts'

/** How many characters a password has. */
export const passwordLength = { least: 12, most: 256 } as const
const { least, most } = passwordLength

/**
 * Why a password cannot be used, as far as can be told without the list of common ones, or null: as long as it has to be, and not made of
 * a name that a stranger knows. `names`: further ones, such as that of the bot or of the host.
 */
export function plainWeaknessOf(
  password: string,
  username: string,
  names: readonly string[] = [],
): Issue | null {
  const plain = password.toLowerCase()
  const length = [...password].length
  if (length < least) return { kind: 'password_too_short', length, least }
  if (length > most) return { kind: 'password_too_long', length, most }
  if (new Set(plain).size < 4) return { kind: 'password_repetitive' }
  if (username.length > 2 && plain.includes(username.toLowerCase()))
    return { kind: 'password_holds_username' }
  const name = ['kamihi', 'password', ...names].find((word) => isMadeOf(plain, word))
  if (name !== undefined) return { kind: 'password_hardly_more', word: name }
  if (/^(?:0123456789|1234567890|abcdefghij|qwertyuiop)/.test(plain)) return { kind: 'password_keyboard_row' }
  return null
}

/** True when no letter is left once the word is taken out. */
function isMadeOf(plain: string, word: string): boolean {
  const name = word.toLowerCase()
  return name.length > 2 && plain.includes(name) && !/\p{L}/u.test(plain.replaceAll(name, ''))
}
