import { type Failure, failureMessages, type Run, wordsOfCause } from '@kamihi/contracts'
import type { Texts } from '../texts/index.ts'

const own = Object.keys(failureMessages) as (keyof typeof failureMessages)[]

/** Why something failed: what Kamihi says in the language of the reader, what an action or Telegram said as it was said. */
export function failureText({ class: name, message }: Failure, why: Texts['why']): string {
  const known = own.find((key) => failureMessages[key] === message)
  return known ? why.failures[known] : (why.failureClasses[name] ?? message)
}

/** Why a run was skipped or ended early; null where there is nothing more to tell than how it ended. */
export const causeText = (
  { cause, reasonDetail }: Pick<Run, 'cause' | 'reasonDetail'>,
  why: Texts['why'],
): string | null => (cause ? wordsOfCause(cause, why.causes) : reasonDetail)
