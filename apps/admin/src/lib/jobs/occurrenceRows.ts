import type { ExplainedOccurrence, OccurrenceOutcome, Occurrences } from '@kamihi/contracts'

/** One line of the list: a time of a job, or several in a row of which the same is to be said. */
export interface OccurrenceRow {
  /** The newest of them. */
  item: ExplainedOccurrence
  /** When the oldest of them was. */
  since: string
  count: number
}

/** Nothing can be done about each of these alone. */
const alike: readonly OccurrenceOutcome[] = [
  'edited',
  'not_created',
  'archived',
  'not_started',
  'ended',
  'not_running',
  'jobs_disabled',
  'unrecorded',
]

const isAlike = (one: ExplainedOccurrence, other: ExplainedOccurrence): boolean =>
  one.run === null &&
  other.run === null &&
  alike.includes(one.outcome) &&
  JSON.stringify([one.outcome, one.why]) === JSON.stringify([other.outcome, other.why])

/** The lines of the list, newest first; `items` as the server gives them, oldest first. */
export function occurrenceRows(items: readonly ExplainedOccurrence[]): OccurrenceRow[] {
  const rows: OccurrenceRow[] = []
  for (const item of items) {
    const last = rows.at(-1)
    if (last && isAlike(last.item, item)) rows[rows.length - 1] = { ...last, item, count: last.count + 1 }
    else rows.push({ item, since: item.at, count: 1 })
  }
  return rows.reverse()
}

/** How often a shorter period is asked for, where times are denser at its end. */
const patience = 4

interface Period {
  from: string
  to: string
}

/**
 * The newest times of a period that has more than the server tells at once: it tells the oldest of them, so it is asked again for as long
 * a time at the end of the period as these took at its beginning.
 */
export async function newestOf(
  find: (period: Period) => Promise<Occurrences>,
  { from, to }: Period,
): Promise<Occurrences> {
  let found = await find({ from, to })
  let begin = Date.parse(from)
  for (let tried = 0; found.truncated && tried < patience; tried++) {
    begin = Math.max(Date.parse(from), Date.parse(to) - lengthOf(found.items))
    found = await find({ from: new Date(begin).toISOString(), to })
  }
  return { ...found, truncated: found.truncated || begin > Date.parse(from) }
}

const lengthOf = (items: readonly ExplainedOccurrence[]): number =>
  Date.parse(items.at(-1)?.at ?? '') - Date.parse(items[0]?.at ?? '')
