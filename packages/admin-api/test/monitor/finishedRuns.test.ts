import type { FinishedRun } from '@kamihi/store'
import { expect, it } from 'vitest'
import { createFinishedRuns } from '../../src/monitor/finishedRuns.ts'

const start = 1_000_000
const counts = { sent: 0, noOutput: 0, failed: 0, unreachable: 0, cancelled: 0, expired: 0, uncertain: 0 }
const run = (row: number, finishedAt: number): FinishedRun => ({
  row,
  finishedAt,
  state: 'completed',
  trigger: 'manual',
  ...counts,
})

function watching(known: FinishedRun[]) {
  const finished = createFinishedRuns(
    {
      finishedAfter: async (after, limit) =>
        known
          .filter(({ finishedAt }) => finishedAt > after)
          .sort((a, b) => a.finishedAt - b.finishedAt)
          .slice(0, limit),
    },
    start,
  )
  return async (now: number): Promise<number[]> => {
    const rows: number[] = []
    await finished.look(now, ({ row }) => rows.push(row))
    return rows
  }
}

it('counts each run once, and none that ended before the start', async () => {
  const known = [run(1, start - 1), run(2, start), run(3, start + 5)]
  const look = watching(known)
  expect(await look(start + 10)).toEqual([2, 3])
  known.push(run(4, start + 11))
  expect(await look(start + 12)).toEqual([4])
  expect(await look(start + 60_000)).toEqual([])
})

it('counts a run that is written later than it says it ended', async () => {
  const known = [run(1, start + 5)]
  const look = watching(known)
  expect(await look(start + 10_000)).toEqual([1])
  known.push(run(2, start + 4))
  expect(await look(start + 12_000)).toEqual([2])
})

it('counts more than fit into one look', async () => {
  const known = Array.from({ length: 5000 }, (_, row) => run(row, start + Math.floor(row / 3)))
  expect((await watching(known)(start + 10_000)).length).toBe(5000)
})
