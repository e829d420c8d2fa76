import type { Fault } from '../../src/faults/faults.ts'

/** What can go wrong, by the name it has in the form. */
export const faultKinds = {
  tooMany: '429 Too Many Requests',
  blocked: '403 Blocked by the user',
  badRequest: '400 Bad Request',
  unauthorized: '401 Unauthorized',
  conflict: '409 Conflict',
  badGateway: '502 Bad Gateway, as HTML',
  cutBefore: 'Connection cut before the work',
  cutAfter: 'Connection cut after the work',
  halfOpen: 'Never answered',
  slow: 'Slow',
} as const
export type FaultKind = keyof typeof faultKinds

/** What stands in the form. */
export interface FaultDraft {
  kind: FaultKind
  /** Empty: any. */
  method: string
  chatId: number | null
  seconds: number
  delayMs: number
  description: string
  /** null: until removed. */
  times: number | null
  percent: number
}

export const newFaultDraft = (): FaultDraft => ({
  kind: 'tooMany',
  method: '',
  chatId: null,
  seconds: 5,
  delayMs: 2000,
  description: 'Bad Request: chat not found',
  times: 1,
  percent: 100,
})

export function faultOf(draft: FaultDraft): Fault {
  const method = draft.method.trim()
  return {
    error: errorOf(draft),
    times: draft.times,
    ...(method === '' ? {} : { method }),
    ...(draft.chatId === null ? {} : { chatId: draft.chatId }),
    ...(draft.percent < 100 ? { probability: draft.percent / 100 } : {}),
  }
}

/** In the words of Telegram, since bots read them. */
function errorOf({ kind, seconds, delayMs, description }: FaultDraft): Fault['error'] {
  switch (kind) {
    case 'tooMany':
      return {
        status: 429,
        description: `Too Many Requests: retry after ${seconds}`,
        retryAfter: seconds,
      }
    case 'blocked':
      return { status: 403, description: 'Forbidden: bot was blocked by the user' }
    case 'badRequest':
      return { status: 400, description: description.trim() || 'Bad Request' }
    case 'unauthorized':
      return { status: 401, description: 'Unauthorized' }
    case 'conflict':
      return {
        status: 409,
        description:
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      }
    case 'badGateway':
      return { status: 502, description: 'Bad Gateway', html: true }
    case 'cutBefore':
      return 'reset-before'
    case 'cutAfter':
      return 'reset-after'
    case 'halfOpen':
      return 'half-open'
    case 'slow':
      return { delayMs }
  }
}

/** What people want to try first. */
export const presets: { label: string; draft: Partial<FaultDraft> }[] = [
  { label: 'Telegram is down (502)', draft: { kind: 'badGateway', times: null } },
  { label: '429 for 30 s', draft: { kind: 'tooMany', seconds: 30, method: 'sendMessage' } },
  { label: 'Answer lost after sending', draft: { kind: 'cutAfter', method: 'sendMessage' } },
  { label: 'Every call takes 2 s', draft: { kind: 'slow', times: null } },
  { label: 'A third of the calls is cut', draft: { kind: 'cutBefore', times: null, percent: 33 } },
]
