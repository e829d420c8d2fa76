import type { RunTrace } from '@kamihi/store'

/** A stretch of time in which Telegram asked to wait; epoch milliseconds. `count`: how often it asked. */
export type Wait = RunTrace['waits'][number]

/** So many are told apart; of a run that waited more often one stretch tells of all. */
const toldApart = 20

/** What several recipients were told of one wait, together; `waits` begin in order. */
export function waitsOf(waits: readonly Wait[]): Wait[] {
  const apart = joined(waits, (last, next) => next.from <= last.until)
  return apart.length <= toldApart ? apart : joined(apart, () => true)
}

function joined(waits: readonly Wait[], belong: (last: Wait, next: Wait) => boolean): Wait[] {
  const all: Wait[] = []
  for (const next of waits) {
    const last = all.at(-1)
    if (last && belong(last, next))
      all[all.length - 1] = {
        from: last.from,
        until: Math.max(last.until, next.until),
        count: last.count + next.count,
      }
    else all.push(next)
  }
  return all
}
