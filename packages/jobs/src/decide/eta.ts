import type { RunProgress } from '@kamihi/contracts'

/** How many recipients of a run had ended at some time. */
export interface Sample {
  /** Milliseconds of any clock that does not go back. */
  at: number
  ended: number
}

export interface Pace {
  /** Oldest first; the first one may be older than the window. */
  samples: readonly Sample[]
  now: number
  remaining: number
  /** Messages a second that the limits allow; infinite where none is sent. */
  permittedPerSecond: number
  /** True while nothing can go on: Telegram does not answer. */
  isHeldUp: boolean
}

/** Speed is measured over so long. */
export const windowMs = 30_000
/** Sooner there is a speed, but nothing to be foretold from it. */
const foretoldAfterMs = 5000
const measuredAfterMs = 1000

/** How fast a run goes and when its last recipient is reached at that speed; null until it is known. */
export function progressOf({
  samples,
  now,
  remaining,
  permittedPerSecond,
  isHeldUp,
}: Pace): RunProgress | null {
  const first = samples.findLast(({ at }) => at <= now - windowMs) ?? samples[0]
  const last = samples.at(-1)
  if (!first || !last) return null
  const elapsedMs = now - Math.max(first.at, now - windowMs)
  if (elapsedMs < measuredAfterMs) return null
  const perSecond = ((last.ended - first.ended) * 1000) / elapsedMs
  const lasting = Math.min(perSecond, permittedPerSecond)
  const isKnown = !isHeldUp && elapsedMs >= foretoldAfterMs && lasting > 0
  return {
    perSecond: Math.round(perSecond * 100) / 100,
    etaSeconds: isKnown ? Math.ceil(remaining / lasting) : null,
  }
}
