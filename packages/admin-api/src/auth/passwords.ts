import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** OWASP ASVS 5 appendix C: N=2^15, r=8, p=3 (32 MiB, about 170 ms). */
const parameters = { ln: 15, r: 8, p: 3 }
const keyBytes = 32
/** Node's default is just too small for 128·N·r. */
const maxmem = 64 * 1024 * 1024

/** Two hashes at a time and a short queue bound the memory that strangers can make us use. */
const running = { now: 0, waiting: [] as (() => void)[] }
const maxRunning = 2
const maxWaiting = 16

/** Thrown when more sign-ins wait than the memory of a small machine bears. */
export class TooManyHashes extends Error {}

/** Hashes a password to `$scrypt$ln=15,r=8,p=3$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return hashOf(salt, await derive(password, salt, parameters))
}

/** True when the password is the one that was hashed. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const parts = partsOf(hash)
  if (!parts) return false
  const actual = await derive(password, parts.salt, parts.work)
  return actual.length === parts.key.length && timingSafeEqual(actual, parts.key)
}

/** As good as a hash that was stored, but of no password. */
const nobodys = hashOf(randomBytes(16), randomBytes(keyBytes))

/** Does the work of a real check, so that unknown names cannot be told from wrong passwords. */
export async function verifyNothing(password: string): Promise<false> {
  await verifyPassword(password, nobodys)
  return false
}

/** True when the hash was made with less work than is asked for today. */
export function isOutdated(hash: string): boolean {
  const parts = partsOf(hash)
  return !parts || costOf(parts.work) < costOf(parameters)
}

type Work = typeof parameters

const costOf = ({ ln, r, p }: Work): number => 2 ** ln * r * p

function hashOf(salt: Buffer, key: Buffer): string {
  const { ln, r, p } = parameters
  return `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(key)}`
}

function partsOf(hash: string): { work: Work; salt: Buffer; key: Buffer } | null {
  const found = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash)
  if (!found) return null
  const [ln, r, p] = found.slice(1, 4).map(Number) as [number, number, number]
  const [salt, key] = found.slice(4).map((text) => Buffer.from(text, 'base64')) as [Buffer, Buffer]
  return { work: { ln, r, p }, salt, key }
}

async function derive(password: string, salt: Buffer, { ln, r, p }: Work): Promise<Buffer> {
  await enter()
  try {
    return await scryptAsync(password, salt, { N: 2 ** ln, r, p, maxmem })
  } finally {
    leave()
  }
}

function scryptAsync(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyBytes, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

async function enter(): Promise<void> {
  if (running.now < maxRunning) {
    running.now += 1
    return
  }
  if (running.waiting.length >= maxWaiting) throw new TooManyHashes('Too many sign-ins at once.')
  await new Promise<void>((resolve) => running.waiting.push(resolve))
}

function leave(): void {
  const next = running.waiting.shift()
  if (next) next()
  else running.now -= 1
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
