import type { SchedulerSpan } from '@kamihi/store'

/** A time in which a scheduler was at work; epoch milliseconds. */
export interface Stretch {
  from: number
  to: number
}

/** A time in which none was; null: not known since when, or it still is so. */
export interface Gap {
  from: number | null
  to: number | null
}

/** Whoever was seen this long ago or less is at work: it looks at least every 30 s. */
const freshMs = 90_000

/** When a scheduler was at work, whichever it was: stretches that touch are one. */
export function workOf(spans: SchedulerSpan[], now: number): Stretch[] {
  const merged: Stretch[] = []
  for (const { startedAt, lastSeenAt, endedAt } of spans.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const goesOn = endedAt === null && now - lastSeenAt <= freshMs
    const stretch = { from: startedAt, to: goesOn ? Math.max(now, lastSeenAt) : (endedAt ?? lastSeenAt) }
    const last = merged.at(-1)
    if (last && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to)
    else merged.push(stretch)
  }
  return merged
}

/** The time around an instant in which nothing was at work; null when something was, or when nothing is known of that time. */
export function gapAt(at: number, work: Stretch[], now: number): Gap | null {
  if (work.some(({ from, to }) => from <= at && at <= to)) return null
  const before = work.findLast(({ to }) => to < at)
  const after = work.find(({ from }) => from > at)
  if (!before && !after) return null
  return { from: before?.to ?? null, to: after && after.from <= now ? after.from : null }
}
