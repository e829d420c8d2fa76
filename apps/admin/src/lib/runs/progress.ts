import type { RunCounts } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'
import type { Tone } from '../display/states.ts'

export interface Slice {
  word: string
  tone: Tone
  count: number
  /** Percent of the whole bar. */
  from: number
  width: number
}

type Words = Texts['states']
const parts: [keyof RunCounts, (words: Words) => string, Tone][] = [
  ['sent', (words) => words.delivery.sent, 'ok'],
  ['noOutput', (words) => words.delivery.no_output, 'idle'],
  ['failed', (words) => words.delivery.failed, 'danger'],
  ['unreachable', (words) => words.delivery.unreachable, 'warn'],
  ['uncertain', (words) => words.delivery.uncertain, 'skipped'],
  ['cancelled', (words) => words.delivery.cancelled, 'idle'],
  ['expired', (words) => words.delivery.expired, 'warn'],
  ['inProgress', (words) => words.inProgress, 'running'],
]

/** Counts as slices of a bar, without empty ones; what is pending is the rest of the bar. A dry run has no output to send, but was tried. */
export function slicesOf(counts: RunCounts, words: Words, isDry = false): Slice[] {
  const slices: Slice[] = []
  let from = 0
  for (const [key, wordOf, tone] of parts) {
    const count = counts[key]
    if (count === 0) continue
    const width = (100 * count) / Math.max(1, counts.total)
    const word = isDry && key === 'noOutput' ? words.tried : wordOf(words)
    slices.push({ word, tone, count, from, width })
    from += width
  }
  if (counts.pending > 0)
    slices.push({ word: words.delivery.pending, tone: 'idle', count: counts.pending, from, width: 0 })
  return slices
}

/** How far a run is, as it is said aloud. */
export interface Told {
  quarter: number
  done: number
  total: number
}

/** What is to be said of a run that is so far: the same as before until another quarter is done, so that nobody is flooded. */
export function tellProgress(before: Told | null, done: number, total: number): Told {
  const quarter = total > 0 ? Math.floor((4 * done) / total) : 0
  return before?.quarter === quarter && before.total === total ? before : { quarter, done, total }
}
