import { nextRunAt } from '../schedule/times.ts'
import type { Hold } from './holds.ts'
import { type Decision, type Due, decideOccurrences } from './occurrences.ts'
import { passedOccurrences } from './passed.ts'

/** What one tick writes for a due job. What lies in a pause of the scheduler, or before one, does not run any more. */
export function decideDue(due: Due, holds: Hold[]): Decision {
  const { schedule, nextRunAt: cursor, now } = due
  const over = holds.filter(({ until }) => until >= cursor)
  if (over.length === 0) return decideOccurrences(due)
  const until = Math.min(Math.max(...over.map((hold) => hold.until)), now)
  const passed = passedOccurrences(schedule, cursor, until, over)
  const next = nextRunAt(schedule, until)
  if (next === null || next > now) return { occurrences: passed, nextRunAt: next }
  const rest = decideOccurrences({ ...due, nextRunAt: next })
  return { ...rest, occurrences: [...passed, ...rest.occurrences] }
}
