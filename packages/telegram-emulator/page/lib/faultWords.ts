import type { Fault } from '../../src/faults/faults.ts'
import { durationWords } from './sizes.ts'

/** What befalls a call, e.g. `429, wait 30 s`. */
export function errorWords(error: Fault['error']): string {
  if (error === 'reset-before') return 'Connection cut before anything is done'
  if (error === 'reset-after') return 'Connection cut after the work is done'
  if (error === 'half-open') return 'Never answered'
  if ('delayMs' in error) return `Late by ${spanWords(error.delayMs)}`
  if (error.html) return `${error.status} with a page of HTML`
  return error.retryAfter === undefined
    ? `${error.status} ${error.description}`
    : `${error.status}, wait ${error.retryAfter} s`
}

/** Which calls it strikes and how many, e.g. `sendMessage · to Ana · 3 times`. */
export function scopeWords(fault: Fault, nameOf: (id: number) => string): string {
  const { times = 1, probability = 1 } = fault
  const parts = [
    fault.method ?? 'any method',
    fault.chatId === undefined ? null : `to ${nameOf(fault.chatId)}`,
    times === null ? 'until removed' : times === 1 ? 'once' : `${times} times`,
    probability < 1 ? `${Math.round(probability * 100)} % of the calls` : null,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}

const spanWords = (ms: number): string =>
  ms < 1000 ? `${ms} ms` : ms < 60_000 ? `${ms / 1000} s` : durationWords(ms / 1000)
