import { type Static, Type } from '@sinclair/typebox'
import { createWindow, createWindows, Limit, record, type SlidingWindow, waitForRoom } from './window.ts'

export { Limit }

export const FloodLimits = Type.Object(
  {
    chat: Type.Object(Limit.properties, { description: 'To one private chat' }),
    group: Type.Object(Limit.properties, { description: 'To one group or channel, in place of `chat`' }),
    all: Type.Object(Limit.properties, { description: 'To all chats together' }),
    paid: Type.Object(Limit.properties, { description: 'To all chats when paid for, in place of `all`' }),
  },
  { description: 'How much a bot may send before it is told to wait' },
)
export type FloodLimits = Static<typeof FloodLimits>

export type LaneName = keyof FloodLimits

/**
 * Telegram's FAQ for bots: about one a second to a chat with short bursts, 20 a minute to a group, 30 a second
 * in all; the Bot API on `allow_paid_broadcast`: 1000 a second at 0.1 Star each. The real ones are unpublished.
 */
export const defaultLimits: FloodLimits = {
  chat: { most: 5, perMs: 5000 },
  group: { most: 20, perMs: 60_000 },
  all: { most: 30, perMs: 1000 },
  paid: { most: 1000, perMs: 1000 },
}

/** Limits as they apply; what is not given is as usual. */
export const limitsOf = (limits: boolean | Partial<FloodLimits> | null): FloodLimits | null =>
  limits === false || limits === null ? null : { ...defaultLimits, ...(limits === true ? {} : limits) }

export interface Sending {
  /** Negative for groups and channels, as Telegram numbers them. */
  chatId: number
  /** Number of messages: an album counts as its items. */
  count: number
  paid: boolean
}

export type Verdict =
  | { kind: 'accepted' }
  /** `retryAfter` is in seconds; `lane` is the one that takes longest. */
  | { kind: 'refused'; retryAfter: number; lane: LaneName }

const Refusals = (description: string) => Type.Integer({ minimum: 0, description })

export const FloodCounters = Type.Object(
  {
    accepted: Type.Integer({ minimum: 0, description: 'Messages accepted; an album counts as its items' }),
    refused: Type.Object(
      {
        chat: Refusals('Because of a private chat'),
        group: Refusals('Because of a group or channel'),
        all: Refusals('Because of all chats together'),
        paid: Refusals('Because of what was paid for'),
      },
      { description: 'Calls refused, early ones included, by the limit that takes longest' },
    ),
    early: Type.Integer({
      minimum: 0,
      description: 'Calls that came before the wait they were told was over',
    }),
    stars: Type.Number({ minimum: 0, description: 'Telegram Stars spent on paid messages' }),
  },
  { description: 'What the flood control has let pass and refused' },
)
export type FloodCounters = Static<typeof FloodCounters>

export interface Flood {
  /** Counts the messages when all lanes of the sending have room, and nothing otherwise. */
  check(sending: Sending): Verdict
  limits(): FloodLimits | null
  /** Under new limits all lanes begin empty; the counters go on. */
  setLimits(limits: FloodLimits | null): void
  counters(): FloodCounters
  /** All lanes empty and all counters at zero; the limits stay. */
  reset(): void
}

const messagesPerStar = 10
const penaltyMs = 1000
/** Calls that were on their way when another was refused are not early. */
const onTheWayMs = 100

interface Lane {
  name: LaneName
  limit: Limit
  window: SlidingWindow
}

/** @param limits null: nothing is refused, but still counted */
export function createFlood(now: () => number, limits: FloodLimits | null): Flood {
  let current = limits
  let lanesOf = limits && createLanes(limits)
  let tally = createTally()
  const judge = (sending: Sending, at: number): Verdict => {
    if (!lanesOf) return { kind: 'accepted' }
    const lanes = lanesOf(sending, at)
    if (punishEarly(lanes, at)) tally.early++
    return decide(lanes, sending.count, at)
  }
  const startLanes = () => {
    lanesOf = current && createLanes(current)
  }
  return {
    check(sending) {
      const verdict = judge(sending, now())
      if (verdict.kind === 'refused') tally.refused[verdict.lane]++
      else countAccepted(tally, sending)
      return verdict
    },
    limits: () => current,
    setLimits(next) {
      current = next
      startLanes()
    },
    counters: () => ({
      accepted: tally.accepted,
      refused: { ...tally.refused },
      early: tally.early,
      stars: tally.paid / messagesPerStar,
    }),
    reset() {
      tally = createTally()
      startLanes()
    },
  }
}

/** Finds the two lanes that a sending passes through: that of its chat and that of all chats. */
function createLanes(limits: FloodLimits): (sending: Sending, at: number) => Lane[] {
  const byChat = { chat: createWindows(limits.chat), group: createWindows(limits.group) }
  const shared = { all: createWindow(), paid: createWindow() }
  return ({ chatId, paid }, at) => {
    const own = chatId < 0 ? 'group' : 'chat'
    const common = paid ? 'paid' : 'all'
    return [
      { name: own, limit: limits[own], window: byChat[own].of(chatId, at) },
      { name: common, limit: limits[common], window: shared[common] },
    ]
  }
}

/** Who calls a closed lane waits a second longer. Tells whether any was closed. */
function punishEarly(lanes: Lane[], at: number): boolean {
  const closed = lanes.filter(({ window }) => window.closedUntil > at && at - window.toldAt >= onTheWayMs)
  for (const { window } of closed) {
    window.closedUntil += penaltyMs
    window.toldAt = at
  }
  return closed.length > 0
}

function decide(lanes: Lane[], count: number, at: number): Verdict {
  const waits = lanes.map((lane) => ({ ...lane, wait: waitFor(lane, count, at) }))
  const { name, window, wait } = waits.reduce((longest, next) => (next.wait > longest.wait ? next : longest))
  if (wait === 0) {
    for (const lane of lanes) record(lane.window, count, at)
    return { kind: 'accepted' }
  }
  const retryAfter = Math.ceil(wait / 1000)
  // A lane that is closed for longer than this stays as it is: what it adds is the penalty, not the rounding.
  if (at + wait > window.closedUntil) {
    window.closedUntil = at + retryAfter * 1000
    window.toldAt = at
  }
  return { kind: 'refused', retryAfter, lane: name }
}

const waitFor = ({ window, limit }: Lane, count: number, at: number): number =>
  Math.max(window.closedUntil - at, waitForRoom(window, limit, count, at))

const createTally = () => ({
  accepted: 0,
  paid: 0,
  refused: { chat: 0, group: 0, all: 0, paid: 0 },
  early: 0,
})

function countAccepted(tally: ReturnType<typeof createTally>, { count, paid }: Sending): void {
  tally.accepted += count
  if (paid) tally.paid += count
}
