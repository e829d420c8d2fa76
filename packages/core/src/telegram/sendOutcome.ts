import { TelegramError } from 'telegraf'
import { redact } from '../redact.ts'
import type { SendOutcome } from './telegram.types.ts'

/** Codes of a connection that never came about: nothing was written. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
])

/** What an error of a call means for the message: Telegram said no, nobody answered, or we cannot know. */
export function outcomeOfError(error: unknown): SendOutcome {
  if (error instanceof TelegramError) return outcomeOfAnswer(error)
  const { code, message = String(error) } = error as { code?: string; message?: string }
  const text = redact(message)
  return code !== undefined && neverConnected.has(code)
    ? { kind: 'unavailable', message: text }
    : { kind: 'ambiguous', message: text }
}

function outcomeOfAnswer({ response }: TelegramError): SendOutcome {
  const { error_code: code, description, parameters } = response
  const message = redact(description)
  if (code === 429) return { kind: 'retry_after', seconds: parameters?.retry_after ?? 1 }
  if (parameters?.migrate_to_chat_id !== undefined)
    return { kind: 'migrated', chatId: parameters.migrate_to_chat_id }
  if (code === 401) return { kind: 'unauthorized', message }
  if (code >= 500) return { kind: 'unavailable', message }
  if (code === 403) return { kind: 'unreachable', reachability: reachabilityOf(message), message }
  if (/chat not found|user not found|PEER_ID_INVALID/i.test(message))
    return { kind: 'unreachable', reachability: 'not_found', message }
  return { kind: 'rejected', message }
}

function reachabilityOf(description: string): 'blocked' | 'deactivated' | 'not_started' {
  if (/deactivated/i.test(description)) return 'deactivated'
  return /initiate conversation/i.test(description) ? 'not_started' : 'blocked'
}
