import type { LoadHour, ScheduleLoad } from '@kamihi/contracts'
import { addDays, startOfDay, wallClock } from '../display/zone.ts'

const hourMs = 3_600_000
const levels = 5
/** A week in which no hour has more messages is quiet, and looks it. */
const notMany = 100
/** From here on a cell is hatched, so that its shade is not the only cue. */
export const hatchedFrom = 4

/** An hour of a day, in the zone that is shown. */
export interface Cell {
  date: string
  hour: number
  /** When it begins and ends, as epoch ms; null: the clocks jump over it. */
  span: { from: number; to: number } | null
  when: 'past' | 'now' | 'future'
  runs: number
  messages: number
  outcomes: Record<string, number>
  jobs: string[]
  /** 0 to 5, against the busiest hour of the week. */
  level: number
  /** More than can be sent within the hour. */
  isTooMuch: boolean
}
export interface Day {
  date: string
  cells: Cell[]
  /** It is over. */
  isPast: boolean
}

/** The days of a week, hour by hour. Where clocks are set back, two hours share a cell. */
export function weekGrid(load: ScheduleLoad, monday: string, zone: string): Day[] {
  const cells = emptyCells(monday, zone, Date.parse(load.now))
  for (const hour of load.hours) {
    const { date, hour: number } = wallClock(Date.parse(hour.hour), zone)
    const cell = cells.get(`${date} ${number}`)
    if (cell) add(cell, hour)
  }
  const all = [...cells.values()]
  const busiest = Math.max(notMany, ...all.map(({ messages }) => messages))
  for (const cell of all) {
    cell.level = levelOf(cell, busiest)
    cell.isTooMuch = cell.when !== 'past' && cell.messages > load.perHourLimit
  }
  return datesOf(monday).map((date) =>
    dayOf(
      date,
      all.filter((cell) => cell.date === date),
    ),
  )
}

const dayOf = (date: string, cells: Cell[]): Day => ({
  date,
  cells,
  isPast: cells.every(({ span, when }) => span === null || when === 'past'),
})

/** Whether something ran in an hour, or will. */
export const isUsed = ({ runs, outcomes }: Cell): boolean => runs > 0 || Object.keys(outcomes).length > 0

/** How many of some days a phone leaves out at first, so that it begins at today: what is over, while anything else is left. */
export const daysToFold = (days: Day[]): number => {
  const past = days.filter(({ isPast }) => isPast).length
  return past < days.length ? past : 0
}

const datesOf = (monday: string): string[] => [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(monday, n))

function emptyCells(monday: string, zone: string, now: number): Map<string, Cell> {
  const cells = new Map<string, Cell>()
  for (const date of datesOf(monday))
    for (let hour = 0; hour < 24; hour += 1) cells.set(`${date} ${hour}`, emptyCell(date, hour))
  for (let from = startOfDay(monday, zone); from < startOfDay(addDays(monday, 7), zone); from += hourMs) {
    const { date, hour } = wallClock(from, zone)
    const cell = cells.get(`${date} ${hour}`)
    if (!cell) continue
    cell.span = { from: cell.span?.from ?? from, to: from + hourMs }
    cell.when = now >= cell.span.to ? 'past' : now >= cell.span.from ? 'now' : 'future'
  }
  return cells
}

const emptyCell = (date: string, hour: number): Cell => ({
  date,
  hour,
  span: null,
  when: 'future',
  runs: 0,
  messages: 0,
  outcomes: {},
  jobs: [],
  level: 0,
  isTooMuch: false,
})

function add(cell: Cell, { runs, messages, outcomes, jobs }: LoadHour): void {
  cell.runs += runs
  cell.messages += messages
  cell.jobs = [...new Set([...cell.jobs, ...jobs])]
  addOutcomes(cell.outcomes, outcomes)
}

/** By the logarithm, so that quiet hours differ from each other beside a very busy one. */
function levelOf({ runs, messages }: Cell, busiest: number): number {
  if (runs === 0 && messages === 0) return 0
  return Math.max(1, Math.ceil((levels * Math.log1p(messages)) / Math.log1p(busiest)))
}

/** Counts runs to those of before, by how they ended. */
export function addOutcomes(into: Record<string, number>, outcomes: Record<string, number>): void {
  for (const [state, n] of Object.entries(outcomes)) into[state] = (into[state] ?? 0) + n
}

/** How many runs ended, however that was. */
export const endedOf = (outcomes: Record<string, number>): number =>
  Object.values(outcomes).reduce((sum, n) => sum + n, 0)

/** The worst of what happened in an hour; null: all went well, or nothing happened. */
export function troubleOf(
  outcomes: Record<string, number>,
): { kind: 'failed' | 'missed'; count: number } | null {
  const sum = (states: string[]) => states.reduce((total, state) => total + (outcomes[state] ?? 0), 0)
  const failed = sum(['failed', 'partial', 'expired'])
  if (failed > 0) return { kind: 'failed', count: failed }
  const missed = sum(['missed', 'skipped'])
  return missed > 0 ? { kind: 'missed', count: missed } : null
}
