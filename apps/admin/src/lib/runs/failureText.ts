import { type Failure, failureMessages, type Run, wordsOfCause } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'

const own = Object.keys(failureMessages) as (keyof typeof failureMessages)[]

/** Why something failed: what Kamihi says in the language of the reader, what an action or Telegram said as it was said. */
export const failureText = (failure: Failure, why: Texts['why']): string =>
  ownText(failure, why) ?? failure.message

/** What Kamihi says; null: what is known was said by an action or by Telegram. */
function ownText({ class: name, message }: Failure, why: Texts['why']): string | null {
  const known = own.find((key) => failureMessages[key] === message)
  return known ? why.failures[known] : (why.failureClasses[name] ?? null)
}

/** The same with its kind, where what was said does not tell by itself what kind of failure it is. */
export function reasonText(failure: Failure, { runs, why }: Pick<Texts, 'runs' | 'why'>): string {
  const text = ownText(failure, why)
  if (text !== null) return text
  const { class: name, message } = failure
  const kind = runs.reasons.classes[name]
  if (message === '') return kind ?? name
  return kind === undefined ? message : runs.reasons.said(kind, message)
}

/** Why a run was skipped or ended early; null where there is nothing more to tell than how it ended. */
export const causeText = (
  { cause, reasonDetail }: Pick<Run, 'cause' | 'reasonDetail'>,
  why: Texts['why'],
): string | null => (cause ? wordsOfCause(cause, why.causes) : reasonDetail)
