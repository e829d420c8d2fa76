import type { RunCounts } from '@kamihi/contracts'
import type { Tone } from './states.ts'

export interface Slice {
  word: string
  tone: Tone
  count: number
  /** Percent of the whole bar. */
  from: number
  width: number
}

const parts: [keyof RunCounts, string, Tone][] = [
  ['sent', 'sent', 'ok'],
  ['noOutput', 'no output', 'idle'],
  ['failed', 'failed', 'danger'],
  ['unreachable', 'unreachable', 'warn'],
  ['uncertain', 'uncertain', 'skipped'],
  ['cancelled', 'cancelled', 'idle'],
  ['expired', 'expired', 'warn'],
  ['inProgress', 'in progress', 'running'],
]

/** Counts as slices of a bar, without empty ones; what is pending is the rest of the bar. */
export function slicesOf(counts: RunCounts): Slice[] {
  const slices: Slice[] = []
  let from = 0
  for (const [key, word, tone] of parts) {
    const count = counts[key]
    if (count === 0) continue
    const width = (100 * count) / Math.max(1, counts.total)
    slices.push({ word, tone, count, from, width })
    from += width
  }
  if (counts.pending > 0)
    slices.push({ word: 'pending', tone: 'idle', count: counts.pending, from, width: 0 })
  return slices
}
