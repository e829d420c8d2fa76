/** Periods that are asked for most. */
export const periods = ['last24h', 'next24h', 'lastWeek'] as const
export type Period = (typeof periods)[number]

const hour = 3_600_000
const spans: Record<Period, [number, number]> = {
  last24h: [-24 * hour, 0],
  next24h: [0, 24 * hour],
  lastWeek: [-7 * 24 * hour, 0],
}

/** Begin and end of a period, as the API wants them; `now` as epoch ms. */
export function periodOf(period: Period, now: number): { from: string; to: string } {
  const [from, to] = spans[period]
  return { from: new Date(now + from).toISOString(), to: new Date(now + to).toISOString() }
}
