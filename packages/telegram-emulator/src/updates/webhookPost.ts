import { readRetryAfter } from './backoff.ts'
import type { Update } from './updateQueue.ts'

/** What a webhook asks for in its answer, instead of calling the method itself. */
export interface WebhookCall {
  method: string
  params: Record<string, unknown>
}

export type PostOutcome =
  | { kind: 'accepted'; call: WebhookCall | null }
  | { kind: 'refused'; status: number; message: string; retryAfter: number }
  | { kind: 'unreachable'; message: string }

export interface PostOptions {
  target: URL
  secretToken?: string
  fetch: typeof fetch
}

export type PostUpdate = (update: Update, signal: AbortSignal) => Promise<PostOutcome>

/** Real milliseconds. */
const TIMEOUT_MS = 60_000

/** Sends updates to one webhook. Redirects are an answer like any other but 2xx: a refusal. */
export function createPost({ target, secretToken, fetch }: PostOptions): PostUpdate {
  const { url, authorization } = splitCredentials(target)
  const headers = {
    'content-type': 'application/json',
    ...(authorization ? { authorization } : {}),
    ...(secretToken ? { 'x-telegram-bot-api-secret-token': secretToken } : {}),
  }
  return async (update, signal) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: JSON.stringify(update),
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      })
      return response.ok ? await accepted(response) : await refused(response)
    } catch (error) {
      return { kind: 'unreachable', message: messageOf(error) }
    }
  }
}

/** `fetch` takes no credentials in a URL; the server sends them as a header, just as they are written. */
function splitCredentials(target: URL): { url: string; authorization: string | null } {
  const url = new URL(target)
  const credentials = url.password ? `${url.username}:${url.password}` : url.username
  url.username = ''
  url.password = ''
  const encoded = Buffer.from(credentials).toString('base64')
  return { url: url.href, authorization: credentials ? `Basic ${encoded}` : null }
}

async function accepted(response: Response): Promise<PostOutcome> {
  const params = readParams(response.headers.get('content-type') ?? '', await response.text())
  const { method, ...rest } = params
  const isCall = typeof method === 'string' && mayAnswerWith(method)
  return { kind: 'accepted', call: isCall ? { method, params: rest } : null }
}

async function refused(response: Response): Promise<PostOutcome> {
  await response.body?.cancel()
  return {
    kind: 'refused',
    status: response.status,
    message: `Wrong response from the webhook: ${response.status} ${response.statusText}`,
    retryAfter: readRetryAfter(response.headers.get('retry-after')),
  }
}

/** A method whose result would be lost, or that would end the webhook itself, is not called. */
const mayAnswerWith = (method: string) =>
  method !== '' && !/^(get.*|deletewebhook|setwebhook|close|logout)$/is.test(method)

/** What cannot be read counts as an empty answer. Forms with files (multipart) are not modelled. */
function readParams(contentType: string, body: string): Record<string, unknown> {
  if (/application\/x-www-form-urlencoded/i.test(contentType))
    return Object.fromEntries(new URLSearchParams(body))
  if (!/application\/json/i.test(contentType)) return {}
  try {
    const params: unknown = JSON.parse(body)
    return typeof params === 'object' && params !== null ? { ...params } : {}
  } catch {
    return {}
  }
}

/** As the server names what the system tells it. */
const CONNECTION_ERRORS: Record<string, string> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EPIPE: 'Broken pipe',
  ETIMEDOUT: 'Connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'Connection timed out',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
  ENOTFOUND: 'Failed to resolve host: Name or service not known',
  EAI_AGAIN: 'Failed to resolve host: Temporary failure in name resolution',
  // The real server keeps this one to itself: its getWebhookInfo shows nothing then.
  UND_ERR_SOCKET: 'Webhook connection closed',
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'Read timeout expired'
  const cause = error.cause instanceof Error ? error.cause : error
  const code = 'code' in cause ? String(cause.code) : ''
  if (/CERT|SIGNATURE|ISSUER/.test(code))
    return 'SSL error {error:0A000086:SSL routines::certificate verify failed}'
  return CONNECTION_ERRORS[code] ?? cause.message
}
