import type { FloodLimits, LaneName, Sending, Verdict } from '../../src/flood/flood.ts'

export interface Accepted extends Sending {
  at: number
}

/** The lanes of a sending, each with a name of its own: `chat 7`, `all`. */
const lanesOf = ({ chatId, paid }: Sending) => [
  { name: chatId < 0 ? ('group' as const) : ('chat' as const), key: `${chatId}` },
  { name: paid ? ('paid' as const) : ('all' as const), key: paid ? 'paid' : 'all' },
]

type OracleLane = ReturnType<typeof lanesOf>[number]

/**
 * Flood control by brute force: the list of all that was ever accepted, counted anew at each question, and
 * the times until which refusals have closed the lanes.
 */
export function createOracle(limits: FloodLimits) {
  const accepted: Accepted[] = []
  const closed = new Map<string, number>()
  const told = new Map<string, number>()
  const inLane = (lane: OracleLane) =>
    accepted.filter((one) => lanesOf(one).some(({ key }) => key === lane.key))
  const counted = (lane: OracleLane, at: number) =>
    inLane(lane)
      .filter((one) => one.at > at - limits[lane.name].perMs && one.at <= at)
      .reduce((sum, { count }) => sum + count, 0)
  const hasRoom = (lane: OracleLane, count: number, at: number) =>
    counted(lane, at) === 0 || counted(lane, at) + count <= limits[lane.name].most
  /** Room comes only when something leaves, so only those times are tried. */
  const roomAt = (lane: OracleLane, count: number, at: number) =>
    [at, ...inLane(lane).map((one) => one.at + limits[lane.name].perMs)]
      .filter((time) => time >= at && hasRoom(lane, count, time))
      .reduce((first, time) => Math.min(first, time), Number.POSITIVE_INFINITY)
  const openAt = (lane: OracleLane, count: number, at: number) =>
    Math.max(roomAt(lane, count, at), closed.get(lane.key) ?? 0)
  return {
    accept: (sending: Sending, at: number) => accepted.push({ ...sending, at }),
    /** Lanes without room for the sending, closed or not. */
    full: (sending: Sending, at: number): LaneName[] =>
      lanesOf(sending)
        .filter((lane) => !hasRoom(lane, sending.count, at))
        .map(({ name }) => name),
    /** The most that ever counted at once in a lane beyond its limit; 0 when the limits were kept. */
    excess: () =>
      Math.max(
        0,
        ...accepted.flatMap((one) =>
          lanesOf(one).map((lane) => counted(lane, one.at) - limits[lane.name].most),
        ),
      ),
    verdict(sending: Sending, at: number): Verdict {
      const lanes = lanesOf(sending)
      for (const { key } of lanes) {
        const until = closed.get(key) ?? 0
        if (until <= at || at - (told.get(key) ?? 0) < 100) continue
        closed.set(key, until + 1000)
        told.set(key, at)
      }
      const [own, common] = lanes.map((lane) => ({ ...lane, open: openAt(lane, sending.count, at) }))
      if (!own || !common) throw new Error('A sending has two lanes.')
      const last = common.open > own.open ? common : own
      if (last.open <= at) {
        accepted.push({ ...sending, at })
        return { kind: 'accepted' }
      }
      const retryAfter = Math.ceil((last.open - at) / 1000)
      if (last.open !== closed.get(last.key)) {
        closed.set(last.key, at + retryAfter * 1000)
        told.set(last.key, at)
      }
      return { kind: 'refused', retryAfter, lane: last.name }
    },
  }
}
