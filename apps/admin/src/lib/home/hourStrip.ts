import type { LoadHour, UpcomingRun } from '@kamihi/contracts'

/** Runs that stand so close together that one mark shows them. */
export interface Tick {
  /** Where it stands and how wide its place is, in percent of the strip. */
  left: number
  width: number
  /** Percent of the height: by people, against the largest; never too small to be seen. */
  height: number
  at: number
  /** The first of the runs; null: only their number is known. */
  first: UpcomingRun | null
  runs: number
  people: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const marks = 96
const smallest = 16

/** The runs of the 24 hours from `from` as marks: one for each quarter of an hour in which something runs. */
export function ticksOf(runs: readonly UpcomingRun[], from: number): Tick[] {
  const byMark = new Map<number, UpcomingRun[]>()
  for (const run of runs) {
    const mark = Math.floor(((Date.parse(run.at) - from) / dayMs) * marks)
    if (mark < 0 || mark >= marks) continue
    byMark.set(mark, [...(byMark.get(mark) ?? []), run])
  }
  return withHeights(
    [...byMark].map(([mark, together]) => ({
      left: (100 * mark) / marks,
      width: 100 / marks,
      at: Date.parse(together[0]?.at ?? ''),
      first: together[0] ?? null,
      runs: together.length,
      people: together.reduce((sum, { recipients }) => sum + recipients, 0),
    })),
  )
}

/** The same by the hour, where there are too many runs to know each. */
export function ticksOfHours(hours: readonly LoadHour[], from: number): Tick[] {
  return withHeights(
    hours
      .map(({ hour, runs, messages }) => {
        const begins = Date.parse(hour)
        const [first, last] = [Math.max(begins, from), Math.min(begins + hourMs, from + dayMs)]
        const [left, width] = [(100 * (first - from)) / dayMs, (100 * (last - first)) / dayMs]
        return { left, width, at: begins, first: null, runs, people: messages }
      })
      .filter(({ runs, width }) => runs > 0 && width > 0),
  )
}

function withHeights(ticks: Omit<Tick, 'height'>[]): Tick[] {
  const most = Math.max(1, ...ticks.map(({ people }) => people))
  return ticks.map((tick) => ({
    ...tick,
    height: smallest + (100 - smallest) * Math.sqrt(tick.people / most),
  }))
}

/** Full hours under the strip, every six hours of the clock that is shown. */
export function hoursOf(from: number, hourAt: (at: number) => number): { left: number; at: number }[] {
  const first = Math.ceil(from / hourMs) * hourMs
  const all = Array.from({ length: 24 }, (_, n) => first + n * hourMs)
  return all.filter((at) => hourAt(at) % 6 === 0).map((at) => ({ at, left: (100 * (at - from)) / dayMs }))
}
