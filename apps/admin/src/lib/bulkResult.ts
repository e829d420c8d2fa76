import type { BulkResult } from '@kamihi/contracts'
import type { Texts } from '../texts/en/index.ts'
import { tellUndoable, toast } from './toasts.svelte.ts'

/** Words for how many were changed and how many were not. */
export interface BulkWords {
  changed: (n: number) => string
  refused: (n: number) => string
}

/** Tells what became of a bulk change; what was refused stays until it is dismissed, with each reason once. */
export function tellBulk(
  result: BulkResult,
  words: BulkWords,
  { problems }: Pick<Texts, 'problems'>,
  undo: (() => void) | null = null,
): void {
  if (result.changed > 0 || result.refused.length === 0) tellUndoable(words.changed(result.changed), undo)
  if (result.refused.length === 0) return
  const reasons = [...new Set(result.refused.map(({ code, message }) => problems[code] ?? message))]
  toast.error(words.refused(result.refused.length), {
    description: reasons.join(' '),
    duration: Number.POSITIVE_INFINITY,
  })
}
