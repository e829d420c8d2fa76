import type { Overview } from '@kamihi/contracts'

export type Measure = keyof Overview['week']
/** How a number of this week stands beside that of last week. */
export type Change =
  | { kind: 'unknown' }
  | { kind: 'same' }
  /** `by` is a share of last week, for a rate its difference. */
  | { kind: 'better' | 'worse'; by: number }

const noticeable = 0.005
const lessIsBetter: readonly Measure[] = ['medianLagMs']

/** Whether it became better or worse, and by how much. */
export function changeOf(measure: Measure, { thisWeek, lastWeek }: Overview['week'][Measure]): Change {
  if (thisWeek === null || lastWeek === null) return { kind: 'unknown' }
  if (thisWeek === lastWeek) return { kind: 'same' }
  if (measure !== 'successRate' && lastWeek === 0) return { kind: 'unknown' }
  const by = measure === 'successRate' ? thisWeek - lastWeek : (thisWeek - lastWeek) / lastWeek
  if (Math.abs(by) < noticeable) return { kind: 'same' }
  return { kind: by > 0 === lessIsBetter.includes(measure) ? 'worse' : 'better', by }
}
