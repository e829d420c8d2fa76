/** At most `most` messages in any `perMs` milliseconds. */
export interface WindowLimit {
  most: number
  perMs: number
}

/** What was sent lately: plain data, for there is one to each chat. */
export interface SentLately {
  /** Written and not answered: nobody knows when they arrive. */
  inFlight: number
  /** The latest time at which each answered one may have arrived, ascending. */
  arrivals: number[]
}

export const nothingSent = (): SentLately => ({ inFlight: 0, arrivals: [] })

/**
 * When one more may be written so that no window has more than the limit, wherever in its flight each message
 * is counted: -Infinity when that is so at any time, Infinity when it is only after an answer.
 */
export function roomAt({ inFlight, arrivals }: SentLately, { most, perMs }: WindowLimit): number {
  if (inFlight >= most) return Number.POSITIVE_INFINITY
  const leavesLast = arrivals[arrivals.length - (most - inFlight)]
  return leavesLast === undefined ? Number.NEGATIVE_INFINITY : leavesLast + perMs
}

export function countWritten(sent: SentLately): void {
  sent.inFlight += 1
}

/** What was counted as written was not: its place is free again. */
export function countUnwritten(sent: SentLately): void {
  sent.inFlight -= 1
}

/** @param kept how many of the newest are ever asked for: the `most` of the widest limit */
export function countAnswered(sent: SentLately, arrivedBy: number, kept: number): void {
  const { arrivals } = sent
  sent.inFlight -= 1
  // Answers come nearly in order: this goes back a few places at most.
  let place = arrivals.length
  while (place > 0 && (arrivals[place - 1] ?? 0) > arrivedBy) place -= 1
  if (place === arrivals.length) arrivals.push(arrivedBy)
  else arrivals.splice(place, 0, arrivedBy)
  // Cut off many at once: cheaper than one by one.
  if (arrivals.length > 2 * kept) arrivals.splice(0, arrivals.length - kept)
}

/** Whether it is as if nothing had been sent, for limits of up to `perMs`. */
export function isForgotten({ inFlight, arrivals }: SentLately, perMs: number, now: number): boolean {
  const newest = arrivals.at(-1)
  return inFlight === 0 && (newest === undefined || newest + perMs <= now)
}
