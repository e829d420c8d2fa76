import type { DayOfDeliveries } from '@kamihi/contracts'

export const deliveryKinds = ['sent', 'failed', 'unreachable'] as const
export type DeliveryKind = (typeof deliveryKinds)[number]

export interface Bar {
  date: string
  counts: Record<DeliveryKind, number>
  total: number
  /** From the bottom up; positions in percent of the tallest bar. */
  pieces: { kind: DeliveryKind; from: number; height: number }[]
}

const smallest = 2

/** Days as stacked bars; what there is few of is still seen beside what there is much of. */
export function barsOf(days: readonly DayOfDeliveries[]): Bar[] {
  const most = Math.max(1, ...days.map(totalOf))
  return days.map((day) => ({
    date: day.date,
    counts: { sent: day.sent, failed: day.failed, unreachable: day.unreachable },
    total: totalOf(day),
    pieces: piecesOf(day, most),
  }))
}

const totalOf = (day: DayOfDeliveries): number => day.sent + day.failed + day.unreachable

function piecesOf(day: DayOfDeliveries, most: number): Bar['pieces'] {
  let from = 0
  return deliveryKinds
    .filter((kind) => day[kind] > 0)
    .map((kind) => {
      const height = Math.max(smallest, (100 * day[kind]) / most)
      const piece = { kind, from, height }
      from += height
      return piece
    })
}
