/** Tells when messages have reached Telegram, from how long their answers took. */
export interface ArrivalTimes {
  /** The latest time at which a message that has been answered may have arrived. */
  arrivedBy(writtenAt: number, answeredAt: number): number
  /** By how many milliseconds that is later than the writing, on average of late. */
  averageDelay(): number
}

/** So many answers, over so long, show how quick the way is at its quickest. */
const enoughAnswers = 128
const periodMs = 5000
/** What was measured longer ago says nothing about now. */
const staleMs = 60_000
const averagedOver = 64

interface Period {
  since: number
  answers: number
  quickestMs: number
}

/**
 * A message arrives between its writing and its answer. It cannot have arrived later than the answer less the
 * quickest way there and back: so an answer that took longer than that is held to have been late on its way there.
 * Until the quickest way is known, nothing is taken off.
 */
export function createArrivalTimes(): ArrivalTimes {
  let before: Period | null = null
  let current: Period | null = null
  let average = 0

  const record = (answeredAt: number, tookMs: number): Period => {
    if (current && answeredAt - current.since > staleMs) {
      before = null
      current = null
    }
    if (current && current.answers >= enoughAnswers && answeredAt - current.since >= periodMs) {
      before = current
      current = null
    }
    current ??= { since: answeredAt, answers: 0, quickestMs: Number.POSITIVE_INFINITY }
    current.answers += 1
    current.quickestMs = Math.min(current.quickestMs, tookMs)
    return current
  }

  return {
    arrivedBy(writtenAt, answeredAt) {
      const { quickestMs } = record(answeredAt, answeredAt - writtenAt)
      const known = before ? Math.min(before.quickestMs, quickestMs) : 0
      const arrivedBy = answeredAt - known
      average += (arrivedBy - writtenAt - average) / averagedOver
      return arrivedBy
    },
    averageDelay: () => average,
  }
}
