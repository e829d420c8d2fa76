import type { BulkResult } from '@kamihi/contracts'
import { learnRefusals } from '../api/refusalWords.ts'
import { tellUndoable, toast } from '../display/toasts.svelte.ts'

/** Words for how many were changed and how many were not. */
export interface BulkWords {
  changed: (n: number) => string
  refused: (n: number) => string
}

/** Tells what became of a bulk change; what was refused stays until it is dismissed, with each reason once. */
export async function tellBulk(
  result: BulkResult,
  words: BulkWords,
  undo: (() => void) | null = null,
): Promise<void> {
  if (result.changed > 0 || result.refused.length === 0) tellUndoable(words.changed(result.changed), undo)
  if (result.refused.length === 0) return
  const { problems } = await learnRefusals()
  const reasons = [...new Set(result.refused.map(({ code, message }) => problems?.[code] ?? message))]
  toast.error(words.refused(result.refused.length), {
    description: reasons.join(' '),
    duration: Number.POSITIVE_INFINITY,
  })
}
