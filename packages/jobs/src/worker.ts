import { setImmediate as breathe } from 'node:timers/promises'
import { type Kamihi, setTimerInStep } from '@kamihi/core'
import type { ClaimedDelivery, ClaimedRun, Lease } from '@kamihi/store'
import { type DeliveryWork, deliver } from './deliver.ts'
import { executeRun } from './executeRun.ts'

export interface Worker {
  start(): void
  /** Takes nothing new and waits for what is in the air; `signal` aborts that. */
  stop(signal: AbortSignal): Promise<void>
  /** There is something to do. */
  wake(): void
  /** A run was cancelled: its action, where it runs once for all, is told by its signal. */
  abandon(runId: string): void
}

export interface WorkerOptions extends DeliveryWork {
  abort: AbortController
  /** True while no new run is to be begun: what is due is being written down, which goes first. */
  holdsBack(): boolean
}

/** Deliveries worked on at the same time. Most of them wait for a commit that they share with others; of fewer the network would take turns with the disk. */
const hands = 192
/** Deliveries claimed at a time: one transaction for many, and hands that never wait for the next one. */
const ahead = 384
/** Runs being prepared at the same time. */
const runsAtOnce = 32
/** Renewed each five seconds, what is held outlives ten in which nothing goes on. */
const leaseMs = 16_000
/** How often leases are renewed and those of others looked at. */
const upkeepMs = 5000
/** How soon something is seen that another process has written. */
const pollMs = 1000

/** Claims runs and deliveries as long as it has hands free. Polling is the truth; being woken only makes it faster. */
export function createWorker(options: WorkerOptions): Worker {
  const { kamihi, worker } = options
  const { clock, logger, store } = kamihi
  const runs = new Map<string, Promise<void>>()
  /** To tell an action that runs once for all that nobody waits for it any more. */
  const abandoning = new Map<string, AbortController>()
  const deliveries = new Map<string, Promise<void>>()
  /** Claimed, and waiting for a hand. */
  let waiting: ClaimedDelivery[] = []
  /** True when the last claim took all that was free. */
  let drained = false
  let stopped = true
  const lease = (): Lease => ({ worker, until: clock.now() + leaseMs })
  const report = (error: unknown) => logger.error({ err: error }, 'The worker failed; it tries again')

  const hold = (held: Map<string, Promise<void>>, id: string, work: Promise<void>, ended: () => void) => {
    held.set(
      id,
      work.catch(report).finally(() => {
        held.delete(id)
        ended()
      }),
    )
  }
  const takeUp = (): void => {
    while (!stopped && kamihi.health.isWritable() && deliveries.size < hands) {
      const next = waiting.shift()
      if (!next) return
      hold(deliveries, next.id, deliver(options, next), handFree)
    }
  }
  const handFree = (): void => {
    takeUp()
    // Where the last claim found nothing more, the next one waits until what it took has ended: that is when a run on trial goes on.
    if (waiting.length < hands / 2 && (!drained || deliveries.size === 0)) loop.wake()
  }
  const prepare = (claimed: ClaimedRun): void => {
    const { id } = claimed.facts
    const abandoned = new AbortController()
    abandoning.set(id, abandoned)
    hold(runs, id, executeRun(options, claimed, abandoned.signal), () => {
      abandoning.delete(id)
      loop.wake()
    })
  }
  const abandon = (runId: string): void => abandoning.get(runId)?.abort(new Error('The run was cancelled.'))
  const claim = async (): Promise<void> => {
    if (runs.size < runsAtOnce && !options.holdsBack()) {
      for (const claimed of await store.runs.claim(lease(), runsAtOnce - runs.size, clock.now()))
        prepare(claimed)
    }
    const room = ahead - waiting.length
    const claimed = room > 0 ? await store.deliveries.claim(lease(), room, clock.now()) : []
    drained = claimed.length < room
    // One that was taken back meanwhile, by a pause that is over, is here already.
    const here = new Set([...deliveries.keys(), ...waiting.map(({ id }) => id)])
    waiting = [...waiting, ...claimed.filter(({ id }) => !here.has(id))]
    takeUp()
  }
  let keptUpAt = Number.NEGATIVE_INFINITY
  /** After a sleep of the machine what is held is renewed before anything counts as abandoned. */
  const keepUp = async (): Promise<void> => {
    if (clock.monotonic() - keptUpAt < upkeepMs) return
    keptUpAt = clock.monotonic()
    await renew()
    await rescue(options)
  }
  const renew = async (): Promise<void> => {
    const held = [...deliveries.keys(), ...waiting.map(({ id }) => id)]
    for (const id of runs.keys()) if (!(await store.runs.renew(id, lease()))) abandon(id)
    if (held.length > 0) await store.deliveries.renew(held, lease())
  }
  let working: Promise<void> = Promise.resolve()
  const loop = createLoop(kamihi, pollMs, async () => {
    // What cannot be recorded is not begun.
    if (stopped || !kamihi.health.isWritable()) return
    working = keepUp().then(claim)
    await working
  })

  return {
    start() {
      stopped = false
      loop.start()
    },
    async stop(signal) {
      stopped = true
      loop.stop()
      const abort = () => options.abort.abort(new Error('The bot stops.'))
      signal.addEventListener('abort', abort, { once: true })
      await working.catch(report)
      await release(options, waiting.splice(0)).catch(report)
      // Leases that are renewed now outlive the wait for what is in the air.
      await renew().catch(report)
      await Promise.all([...runs.values(), ...deliveries.values()])
    },
    wake: () => loop.wake(),
    abandon,
  }
}

/** Gives back what was claimed and not begun, so that another process can go on with it at once. */
async function release({ kamihi, worker }: WorkerOptions, unbegun: ClaimedDelivery[]): Promise<void> {
  const steps = unbegun.map(({ id }) => ({ kind: 'released' as const, id, worker }))
  if (steps.length > 0) await kamihi.store.deliveries.record(steps, kamihi.clock.now())
}

/** Frees what dead workers held and ends what is past its deadline. */
async function rescue({ kamihi, events }: WorkerOptions): Promise<void> {
  const { store, clock, logger } = kamihi
  const { rescued, runs } = await store.deliveries.rescueExpired(clock.now())
  const expired = await store.runs.expire(clock.now())
  for (const run of [...runs, ...expired]) events.changed(run)
  if (rescued > 0)
    logger.warning({ deliveries: rescued }, 'Deliveries of a worker that ended were taken over')
}

/** Calls `work` each `ms` and whenever it is woken, never twice at the same time. */
function createLoop(kamihi: Kamihi, ms: number, work: () => Promise<void>) {
  let stopped = true
  let busy = false
  let again = false
  let cancelTimer = () => {}
  const wake = (): void => {
    if (stopped) return
    again = true
    if (busy) return
    busy = true
    cancelTimer()
    run()
      .catch((error: unknown) => kamihi.logger.error({ err: error }, 'The worker failed; it tries again'))
      .finally(() => {
        busy = false
        if (!stopped) cancelTimer = setTimerInStep(kamihi.clock, ms, wake)
      })
  }
  const run = async (): Promise<void> => {
    while (again && !stopped) {
      again = false
      await work()
      // What the store answers comes in microtasks: without this the rest of the bot would wait until nothing is left to do.
      await breathe()
    }
  }
  return {
    wake,
    start() {
      stopped = false
      wake()
    },
    stop() {
      stopped = true
      cancelTimer()
    },
  }
}
