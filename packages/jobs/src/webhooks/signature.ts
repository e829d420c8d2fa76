import { createHmac } from 'node:crypto'

/** Header that proves who made a request and when: `t` in seconds, `v1` the HMAC-SHA256 of `t`, a dot and the body, in hex. */
export const signatureHeader = 'x-kamihi-signature'

/** What the header says of a body that is sent at a time. */
export function signatureOf(body: string, secret: string, now: number): string {
  const t = Math.floor(now / 1000)
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`
}
