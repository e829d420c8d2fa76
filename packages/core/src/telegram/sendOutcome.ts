import { TelegramError } from 'telegraf'
import { redact } from '../redact.ts'
import type { CallFailure } from './telegram.types.ts'

/** Errors of a connection that came about at no time, or not as far as the request: nothing was written. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EMFILE',
  'ETIMEDOUT',
  'EPROTO',
  'UND_ERR_CONNECT_TIMEOUT',
])
const tlsRefused = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/
const brokenDuringHandshake = /before secure TLS connection was established/
/** The same errors of a connection in use: the request may have been written. node-fetch tells it in its words only. */
const inUse = /reason: (read|write) E(?!PROTO)/
const usedAt = new Set(['read', 'write'])
/** Of a proxy on the way, for the Bot API answers in JSON only: it never came to Telegram. */
const pageOfProxy = /invalid json response.*Unexpected token '?</s

/** What an error of a call means for the message: Telegram said no, nobody answered, or we cannot know. */
export function outcomeOfError(error: unknown): CallFailure {
  if (error instanceof TelegramError) return outcomeOfAnswer(error)
  const failure = error as Failure
  return {
    kind: wasNeverWritten(failure) ? 'unavailable' : 'ambiguous',
    // Where several addresses were tried, Node gives the error no words of its own.
    message: redact(failure.message || failure.code || String(error)),
  }
}

interface Failure {
  code?: string
  /** What the system was asked to do: `connect`, `read`, `getaddrinfo` … */
  syscall?: string
  message?: string
}

function wasNeverWritten({ code = '', syscall = '', message = '' }: Failure): boolean {
  if (pageOfProxy.test(message) || brokenDuringHandshake.test(message)) return true
  const isInUse = code === 'EPROTO' ? false : usedAt.has(syscall) || inUse.test(message)
  return (neverConnected.has(code) || tlsRefused.test(code)) && !isInUse
}

/** Wording of telegram-bot-api (Client.cpp) and TDLib; what they add to it differs by version. */
const notFound = /chat not found|user not found|PEER_ID_INVALID|chat_id is empty/i
const mayNotWrite = /CHAT_WRITE_FORBIDDEN|rights to send|USER_IS_BLOCKED/i

function outcomeOfAnswer({ response }: TelegramError): CallFailure {
  const { error_code: code, description, parameters } = response
  const message = redact(description)
  if (parameters?.migrate_to_chat_id !== undefined)
    return { kind: 'migrated', chatId: parameters.migrate_to_chat_id }
  switch (code) {
    case 429:
      return { kind: 'retry_after', seconds: Math.max(1, parameters?.retry_after ?? 1) }
    // 404 is said of a token, a method or an address that there is not: neither is about this message.
    case 401:
    case 404:
      return { kind: 'unauthorized', message }
    case 403:
      return { kind: 'unreachable', reachability: reachabilityOf(message), message }
    case 409:
      return { kind: 'unavailable', message }
    // The gateway passed it on, and had no answer in time.
    case 504:
      return { kind: 'ambiguous', message }
  }
  if (code >= 500) return { kind: 'unavailable', message }
  if (notFound.test(message)) return { kind: 'unreachable', reachability: 'not_found', message }
  if (mayNotWrite.test(message)) return { kind: 'unreachable', reachability: 'blocked', message }
  return { kind: 'rejected', message }
}

function reachabilityOf(description: string): 'blocked' | 'deactivated' | 'not_started' {
  if (/deactivated/i.test(description)) return 'deactivated'
  return /initiate conversation/i.test(description) ? 'not_started' : 'blocked'
}
