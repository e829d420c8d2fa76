import type { ScheduleLoad } from '@kamihi/contracts'
import { wallAt } from '../schedule/zone.ts'

/** People who are due in an hour, by where the hour begins (epoch milliseconds). */
export type MessagesByHour = ReadonlyMap<number, number>

export type QuietSlot = Omit<ScheduleLoad['quietest'][number], 'minute'> & {
  /** Epoch milliseconds of that hour. */
  at: number
}

const hourMs = 3_600_000
const most = 5
/** When people like to get messages: from 8 to 20. */
const [earliest, latest] = [8, 19]

/** Hours of the next seven days in which fewest people are due; of equals those of working days, and the earlier ones. */
export function quietestHours(messages: MessagesByHour, zone: string, now: number): QuietSlot[] {
  const first = Math.ceil(now / hourMs) * hourMs
  const slots = Array.from({ length: 7 * 24 }, (_, index) => slotAt(first + index * hourMs, zone, messages))
  return slots
    .filter(({ hour }) => hour >= earliest && hour <= latest)
    .sort((a, b) => a.messages - b.messages || rest(a) - rest(b) || a.at - b.at)
    .slice(0, most)
}

function slotAt(at: number, zone: string, messages: MessagesByHour): QuietSlot {
  const wall = new Date(wallAt(zone, at))
  return { at, weekday: wall.getUTCDay(), hour: wall.getUTCHours(), messages: messages.get(at) ?? 0 }
}

const rest = ({ weekday }: QuietSlot): number => (weekday === 0 || weekday === 6 ? 1 : 0)

/** The minute of an hour, of every fifth, at which fewest people are due; the first of equals. */
export function quietestMinute(due: readonly { minute: number; people: number }[]): number {
  const minutes = Array.from({ length: 12 }, (_, index) => index * 5)
  const peopleAt = (minute: number): number =>
    due.filter((one) => one.minute === minute).reduce((sum, { people }) => sum + people, 0)
  return minutes.reduce((best, minute) => (peopleAt(minute) < peopleAt(best) ? minute : best), 0)
}
