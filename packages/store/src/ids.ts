import { randomBytes } from 'node:crypto'

/** The millisecond of the last id, and its number in it: of two that are made in one, the later sorts after the earlier. */
const last = { now: Number.NaN, count: 0 }
const mostInOne = 0xfff

/** A UUIDv7 (RFC 9562, with a counter in `rand_a`): sorts by the time it was made, `now` in epoch milliseconds. */
export function newId(now: number): string {
  const bytes = randomBytes(16)
  // It begins in the lower half, so that there is room to count.
  const count = now === last.now ? Math.min(last.count + 1, mostInOne) : bytes.readUInt16BE(6) & 0x7ff
  Object.assign(last, { now, count })
  bytes.writeUIntBE(now, 0, 6)
  bytes.writeUInt16BE(0x7000 | count, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
