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
  const key = await derive(password, salt, parameters)
  return `$scrypt$ln=${parameters.ln},r=${parameters.r},p=${parameters.p}$${base64(salt)}$${base64(key)}`
}

/** True when the password is the one that was hashed. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const parts = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash)
  if (!parts) return false
  const [, ln, r, p, salt, key] = parts as unknown as [string, string, string, string, string, string]
  const expected = Buffer.from(key, 'base64')
  const actual = await derive(password, Buffer.from(salt, 'base64'), {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
  })
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

let dummy: Promise<string> | null = null
/** Takes as long as a real check, so that unknown names cannot be told from wrong passwords. */
export async function verifyNothing(password: string): Promise<false> {
  dummy ??= hashPassword('nobody signs in with this')
  await verifyPassword(password, await dummy)
  return false
}

/** True when the hash was made with less work than is asked for today. */
export function isOutdated(hash: string): boolean {
  const { ln, r, p } = parameters
  return !hash.startsWith(`$scrypt$ln=${ln},r=${r},p=${p}$`)
}

async function derive(password: string, salt: Buffer, { ln, r, p }: typeof parameters): Promise<Buffer> {
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

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
