import { createHash, randomBytes, randomInt } from 'node:crypto'

/** SHA-256 as hex: enough for secrets of more than 112 bits, which need no slow hash. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** 256 random bits as base64url (43 characters). */
export const newSecret = (): string => randomBytes(32).toString('base64url')

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** An API token: `kmh_` + 32 base62 characters + 6 of their CRC-32, so that a mistyped one never reaches the database. */
export function newApiToken(): string {
  const body = Array.from({ length: 32 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `kmh_${body}${checksum(body)}`
}

/** What is shown of a token, so that people can tell them apart. */
export const prefixOfToken = (token: string): string => token.slice(0, 8)

/** True when it has the form and the checksum of a token of ours. */
export function isApiToken(token: string): boolean {
  const parts = /^kmh_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/.exec(token)
  return parts?.[1] !== undefined && checksum(parts[1]) === parts[2]
}

function checksum(body: string): string {
  let rest = crc32(Buffer.from(body))
  let text = ''
  for (let i = 0; i < 6; i += 1) {
    text = alphabet[rest % 62] + text
    rest = Math.floor(rest / 62)
  }
  return text
}

/** CRC-32 (IEEE 802.3); zlib.crc32 needs Node 20.15 types that are not everywhere. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
