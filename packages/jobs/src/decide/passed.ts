import type { PassedOccurrences } from '@kamihi/store'
import type { Schedule } from '../schedule/parse.ts'
import { countRuns, latestRunAt, nextRunAt } from '../schedule/times.ts'
import type { Hold } from './holds.ts'

/**
 * What becomes of the occurrences from the cursor (`first`, one itself) to an instant when none of them is to run: one row for each
 * stretch that was held, and one for each that nobody ran. `holds`: soonest first.
 */
export function passedOccurrences(
  schedule: Schedule,
  first: number,
  until: number,
  holds: Hold[],
): PassedOccurrences[] {
  const passed: PassedOccurrences[] = []
  let at: number | null = first
  /** Takes the occurrences up to `end` away. */
  const take = (end: number) => {
    const from = at as number
    const to = Math.max(from, latestRunAt(schedule, end) ?? from)
    at = nextRunAt(schedule, to)
    return { from, to, count: 1 + countRuns(schedule, from, to) }
  }
  for (const { scope, by, reason, ...hold } of holds) {
    if (at === null || at > until) break
    if (hold.until < at) continue
    if (at < hold.from) passed.push({ kind: 'missed', ...take(Math.min(hold.from - 1, until)) })
    if (at === null || at > Math.min(hold.until, until)) continue
    passed.push({ kind: 'paused', scope, by, reason, ...take(Math.min(hold.until, until)) })
  }
  if (at !== null && at <= until) passed.push({ kind: 'missed', ...take(until) })
  return passed
}
