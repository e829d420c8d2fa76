import type { FinishedRun, InsightStore } from '@kamihi/store'

/** Counts runs that end, from what is in the database: whoever ended them, each is counted once. */
export interface FinishedRuns {
  /** Gives each run that ended since the last look to `count`. */
  look(now: number, count: (run: FinishedRun) => void): Promise<void>
}

/** A run may be committed a little after the time that it says it ended. */
const overlapMs = 15_000
const atOnce = 2000

export function createFinishedRuns(
  insights: Pick<InsightStore, 'finishedAfter'>,
  startedAt: number,
): FinishedRuns {
  let from = startedAt - 1
  const seen = new Map<number, number>()
  return {
    async look(now, count) {
      for (let after = from; ; ) {
        const page = await insights.finishedAfter(after, atOnce)
        for (const run of page) {
          if (seen.has(run.row)) continue
          seen.set(run.row, run.finishedAt)
          count(run)
        }
        const last = page.at(-1)
        if (page.length < atOnce || !last) break
        // A page that is full of one instant is not left before its time.
        after = last.finishedAt > after + 1 ? last.finishedAt - 1 : last.finishedAt
      }
      from = Math.max(from, now - overlapMs)
      for (const [row, finishedAt] of seen) if (finishedAt <= from) seen.delete(row)
    },
  }
}
