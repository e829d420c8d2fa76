import type { Delivery } from '@kamihi/contracts'
import { deliveryLooks } from './states.ts'

export interface Reason {
  words: string
  count: number
}

/** Why deliveries did not arrive, the same reasons counted together, the most frequent first. */
export function groupReasons(deliveries: Pick<Delivery, 'state' | 'error'>[]): Reason[] {
  const counts = new Map<string, number>()
  for (const { state, error } of deliveries) {
    const words = error?.message ?? deliveryLooks[state].word
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  return [...counts].map(([words, count]) => ({ words, count })).sort((a, b) => b.count - a.count)
}
