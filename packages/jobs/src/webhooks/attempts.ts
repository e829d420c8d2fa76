const minute = 60_000
const hour = 60 * minute
/** How long after each failed try the next one comes: a day and a half in all. */
const waits = [minute, 5 * minute, 15 * minute, hour, 3 * hour, 6 * hour, 12 * hour, 12 * hour]

/** What a try came to: an answer, or the reason why there was none. */
export type TryOutcome = { kind: 'answered'; status: number } | { kind: 'unanswered'; error: string }

export type TryDecision =
  | { kind: 'delivered' }
  | { kind: 'retry'; error: string; at: number }
  | { kind: 'given_up'; error: string }

/** What follows from a try; `attempts` were made before it. Whoever answers 410 does not want to be asked again. */
export function decideTry(outcome: TryOutcome, attempts: number, now: number): TryDecision {
  if (outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300)
    return { kind: 'delivered' }
  const error = outcome.kind === 'answered' ? wordsOf(outcome.status) : outcome.error
  const wait = waits[attempts]
  if (wait === undefined || (outcome.kind === 'answered' && outcome.status === 410))
    return { kind: 'given_up', error }
  return { kind: 'retry', error, at: now + wait }
}

/** Tries that are made before a request is given up. */
export const mostTries = waits.length + 1

function wordsOf(status: number): string {
  if (status >= 300 && status < 400)
    return `It answered ${status}. Redirects are not followed: write the address that it leads to into the configuration.`
  return `It answered ${status}.`
}
