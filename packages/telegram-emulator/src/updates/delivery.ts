import type { EmulatorClock } from '../clock.ts'
import { type Attempts, afterFailure, isGoneForGood, noAttempts } from './backoff.ts'
import { laneOf } from './updateKinds.ts'
import type { Update, UpdateQueue } from './updateQueue.ts'
import type { PostOutcome, PostUpdate, WebhookCall } from './webhookPost.ts'

export interface DeliveryOptions {
  queue: UpdateQueue
  clock: EmulatorClock
  post: PostUpdate
  maxConnections: number
  random: () => number
  /** The webhook answered with a method to call. */
  onCall(call: WebhookCall): void
  onError(message: string): void
  /** The webhook wants no updates any more. */
  onGone(): void
}

export interface Delivery {
  /** Breaks off what is being sent: it stays in the queue. Resolves when the connections are done with. */
  stop(): Promise<void>
}

/** Updates that must reach the webhook one after the other; ready, being sent, or waiting to be tried again. */
interface Lane {
  key: string
  updates: Update[]
  /** Where in `updates` it stands: taking them off the front would be slow with many. */
  next: number
  /** Of the update that stands next. */
  attempts: Attempts
  stopWaiting: () => void
}

/** Sends everything pending, and what comes, to a webhook until stopped; keeps the order within a lane. */
export function startDelivery(options: DeliveryOptions): Delivery {
  const { queue, clock, post, maxConnections, random } = options
  const lanes = new Map<string, Lane>()
  const ready = new Set<Lane>()
  const sending = new Set<Promise<void>>()
  const abort = new AbortController()
  let goneSince: number | null = null

  const put = (update: Update) => {
    const key = laneOf(update)
    const lane = lanes.get(key)
    if (lane) lane.updates.push(update)
    else openLane(key, update)
  }
  const openLane = (key: string, update: Update) => {
    const lane: Lane = { key, updates: [update], next: 0, attempts: noAttempts, stopWaiting: () => {} }
    lanes.set(key, lane)
    ready.add(lane)
  }
  const isQueued = (update: Update) => queue.expiresAt(update.update_id) !== undefined

  const send = () => {
    for (const lane of ready) {
      if (abort.signal.aborted || sending.size >= maxConnections) return
      ready.delete(lane)
      const update = nextOf(lane, isQueued)
      if (update) track(deliver(lane, update))
      else lanes.delete(lane.key)
    }
  }
  const track = (delivery: Promise<void>) => {
    const done = delivery.finally(() => {
      sending.delete(done)
      send()
    })
    sending.add(done)
  }

  const deliver = async (lane: Lane, update: Update) => {
    const outcome = await post(update, abort.signal)
    if (abort.signal.aborted) return
    goneSince = goneAfter(outcome, goneSince, clock.now())
    if (outcome.kind === 'accepted') {
      finish(lane, update)
      if (outcome.call) options.onCall(outcome.call)
      return
    }
    options.onError(outcome.message)
    retry(lane, update, outcome.kind === 'refused' ? outcome.retryAfter : 0)
    if (goneSince !== null && isGoneForGood(goneSince, clock.now())) options.onGone()
  }
  const finish = (lane: Lane, update: Update) => {
    queue.remove(update.update_id)
    stepOn(lane)
    ready.add(lane)
  }
  /** It is dropped when it would be too old by then. */
  const retry = (lane: Lane, update: Update, retryAfter: number) => {
    const { attempts, wait } = afterFailure(lane.attempts, retryAfter, random)
    const time = clock.now() + wait * 1000
    if (time > (queue.expiresAt(update.update_id) ?? 0)) return finish(lane, update)
    lane.attempts = attempts
    lane.stopWaiting = clock.at(time, () => {
      ready.add(lane)
      send()
    })
  }

  const unlisten = queue.onAdded((update) => {
    put(update)
    send()
  })
  for (const update of queue.take(Number.POSITIVE_INFINITY)) put(update)
  send()
  return {
    async stop() {
      abort.abort()
      unlisten()
      for (const lane of lanes.values()) lane.stopWaiting()
      await Promise.allSettled(sending)
    },
  }
}

/** The first of a lane that still waits in the queue: others were confirmed, dropped, or are too old. */
function nextOf(lane: Lane, isQueued: (update: Update) => boolean): Update | null {
  for (;;) {
    const update = lane.updates[lane.next]
    if (!update) return null
    if (isQueued(update)) return update
    stepOn(lane)
  }
}

function stepOn(lane: Lane): void {
  lane.next += 1
  lane.attempts = noAttempts
  if (lane.next < 1000 || lane.next * 2 < lane.updates.length) return
  lane.updates.splice(0, lane.next)
  lane.next = 0
}

/** Since when it has said nothing but 410 Gone. Not being reached says nothing. */
function goneAfter(outcome: PostOutcome, goneSince: number | null, now: number): number | null {
  if (outcome.kind === 'unreachable') return goneSince
  return outcome.kind === 'refused' && outcome.status === 410 ? (goneSince ?? now) : null
}
