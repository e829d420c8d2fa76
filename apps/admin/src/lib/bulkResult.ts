import type { BulkResult } from '@kamihi/contracts'
import type { Texts } from '../texts/en/index.ts'
import { toast } from './toasts.svelte.ts'

/** Words for how many were changed and how many were not. */
export interface BulkWords {
  changed: (n: number) => string
  refused: (n: number) => string
}
interface Undo {
  label: string
  onClick: () => void
}

/** Tells what became of a bulk change; what was refused stays until it is dismissed, with each reason once. */
export function tellBulk(
  result: BulkResult,
  words: BulkWords,
  { problems }: Pick<Texts, 'problems'>,
  undo: Undo | null = null,
): void {
  if (result.changed > 0 || result.refused.length === 0)
    toast.success(words.changed(result.changed), undo ? { action: undo, duration: 8000 } : {})
  if (result.refused.length === 0) return
  const reasons = [...new Set(result.refused.map(({ code, message }) => problems[code] ?? message))]
  toast.error(words.refused(result.refused.length), {
    description: reasons.join(' '),
    duration: Number.POSITIVE_INFINITY,
  })
}
