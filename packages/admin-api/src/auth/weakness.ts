import { readFileSync } from 'node:fs'

/**
 * The 5000 most used passwords of twelve or more characters (in small letters), of Mark Burnett's public list of ten million
 * passwords that had leaked by 2015. It knows what people choose, not what leaked since.
 */
const listFile = new URL('../../data/common-passwords.txt', import.meta.url)

let common: ReadonlySet<string> | null = null

/**
 * Why a password cannot be used, or null: 12–256 characters, none of the most used ones, not made of a name that a stranger knows.
 * `names`: further ones, such as that of the bot or of the host.
 */
export function weaknessOf(password: string, username: string, names: readonly string[] = []): string | null {
  const plain = password.toLowerCase()
  const length = [...password].length
  if (length < 12) return `It has ${length} characters; at least 12 are needed.`
  if (length > 256) return `It has ${length} characters; at most 256 are allowed.`
  if (new Set(plain).size < 4) return 'It repeats too few characters.'
  if (username.length > 2 && plain.includes(username.toLowerCase())) return 'It holds the user name.'
  const name = ['kamihi', 'password', ...names].find((word) => isMadeOf(plain, word))
  if (name !== undefined) return `It is hardly more than "${name}".`
  common ??= new Set(readFileSync(listFile, 'utf8').split('\n'))
  if (common.has(plain)) return 'It is one of the most common passwords.'
  if (/^(?:0123456789|1234567890|abcdefghij|qwertyuiop)/.test(plain)) return 'It is a row of the keyboard.'
  return null
}

/** True when no letter is left once the word is taken out. */
function isMadeOf(plain: string, word: string): boolean {
  const name = word.toLowerCase()
  return name.length > 2 && plain.includes(name) && !/\p{L}/u.test(plain.replaceAll(name, ''))
}
