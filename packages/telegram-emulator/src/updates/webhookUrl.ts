import { isIP } from 'node:net'
import { badRequest } from '../botApi/answer.ts'

export interface WebhookSettings {
  url: string
  secretToken?: string
  maxConnections: number
  ipAddress?: string
  hasCertificate: boolean
}

export interface WebhookParams {
  url?: string
  secret_token?: string
  max_connections?: number
  ip_address?: string
  allowed_updates?: string[]
  drop_pending_updates?: boolean
  /** Anything but text is taken for an uploaded file. */
  certificate?: unknown
}

export function readSettings(params: WebhookParams & { url: string }): WebhookSettings {
  const maxConnections = Math.trunc(Number(params.max_connections ?? 40)) || 0
  return {
    url: params.url,
    maxConnections: Math.min(Math.max(maxConnections, 1), 100),
    hasCertificate: typeof params.certificate === 'object' && params.certificate !== null,
    ...(params.secret_token ? { secretToken: params.secret_token } : {}),
    ...(params.ip_address ? { ipAddress: params.ip_address } : {}),
  }
}

/** Whether setting the one over the other would change nothing. A certificate is always new. */
export const isSameWebhook = (a: WebhookSettings | null, b: WebhookSettings | null) =>
  a === null || b === null
    ? a === b
    : a.url === b.url &&
      !a.hasCertificate &&
      !b.hasCertificate &&
      a.maxConnections === b.maxConnections &&
      a.secretToken === b.secretToken &&
      a.ipAddress === b.ipAddress

/**
 * Where the updates go. Plain HTTP and every port and address are fine here, as with a local Bot API server;
 * Telegram's own wants HTTPS, the ports 443, 80, 88 or 8443 and a public IPv4 address.
 * @throws BotApiError in the server's words
 */
export function checkWebhook({ url, secretToken = '', ipAddress }: WebhookSettings): URL {
  const target = parseWebhookUrl(url)
  if (!target) throw badRequest('invalid webhook URL specified')
  if (Buffer.byteLength(secretToken) > 256) throw badRequest('secret token is too long')
  if (!/^[\w-]*$/.test(secretToken)) throw badRequest('secret token contains unallowed characters')
  if (ipAddress && !isIP(ipAddress)) throw badRequest('bad webhook: Invalid IP address specified')
  return target
}

/** As the server reads it: without a scheme it is HTTPS, with another one than HTTP it is nothing. */
export function parseWebhookUrl(text: string): URL | null {
  const scheme = /^([^:/?#@[\]]*):\/\//.exec(text)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return null
  const whole = scheme === undefined ? `https://${text}` : text
  if (!URL.canParse(whole)) return null
  const url = new URL(whole)
  return url.port === '0' ? null : url
}

/** What getWebhookInfo says of the address; a name is not looked up here. */
export function addressOf({ url, ipAddress }: WebhookSettings): string {
  const host = parseWebhookUrl(url)?.hostname.replace(/^\[|\]$/g, '') ?? ''
  if (ipAddress || isIP(host)) return ipAddress ?? host
  return host === 'localhost' ? '127.0.0.1' : '<unknown>'
}
