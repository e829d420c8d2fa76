import { type Kamihi, repeat } from '@kamihi/core'
import type { ClaimedDelivery, Lease } from '@kamihi/store'
import { type DeliveryWork, deliver } from './deliver.ts'
import { executeRun } from './executeRun.ts'

export interface Worker {
  start(): void
  /** Takes nothing new and waits for what is in the air; `signal` aborts that. */
  stop(signal: AbortSignal): Promise<void>
  /** There is something to do. */
  wake(): void
}

export interface WorkerOptions extends DeliveryWork {
  abort: AbortController
}

/** Deliveries in the air at the same time. */
const hands = 32
/** Deliveries claimed at a time: one transaction for many, and hands that never wait for the next one. */
const ahead = 128
const runsAtOnce = 4
const leaseMs = 15_000
const renewMs = 5000
const pollMs = 500

/** Claims runs and deliveries as long as it has hands free. Polling is the truth; being woken only makes it faster. */
export function createWorker(options: WorkerOptions): Worker {
  const { kamihi, worker } = options
  const { clock, logger, store } = kamihi
  const runs = new Map<string, Promise<void>>()
  const deliveries = new Map<string, Promise<void>>()
  /** Claimed, and waiting for a hand. */
  let waiting: ClaimedDelivery[] = []
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
    while (!stopped && deliveries.size < hands) {
      const next = waiting.shift()
      if (!next) return
      hold(deliveries, next.id, deliver(options, next), handFree)
    }
  }
  const handFree = (): void => {
    takeUp()
    if (waiting.length < hands) loop.wake()
  }
  const claim = async (): Promise<void> => {
    if (runs.size < runsAtOnce) {
      for (const claimed of await store.runs.claim(lease(), runsAtOnce - runs.size, clock.now()))
        hold(runs, claimed.run.id, executeRun(options, claimed), () => loop.wake())
    }
    if (waiting.length >= hands) return
    const claimed = await store.deliveries.claim(lease(), ahead - waiting.length, clock.now())
    // One that was taken back meanwhile, by a pause that is over, is here already.
    const isNew = ({ id }: ClaimedDelivery) =>
      !deliveries.has(id) && !waiting.some((other) => other.id === id)
    waiting = [...waiting, ...claimed.filter(isNew)]
    takeUp()
  }
  let claiming: Promise<void> = Promise.resolve()
  const loop = createLoop(kamihi, pollMs, async () => {
    if (stopped) return
    claiming = claim()
    await claiming
  })
  const renewal = repeat(
    clock,
    renewMs,
    () => renew(options, lease(), [...runs.keys()], [...deliveries.keys(), ...waiting.map(({ id }) => id)]),
    report,
  )
  const rescue = repeat(clock, renewMs, () => rescueOnce(options, loop.wake), report)

  return {
    start() {
      stopped = false
      rescueOnce(options, loop.wake).catch(report).finally(loop.start)
      renewal.start()
      rescue.start()
    },
    async stop(signal) {
      stopped = true
      loop.stop()
      rescue.stop()
      const abort = () => options.abort.abort(new Error('The bot stops.'))
      signal.addEventListener('abort', abort, { once: true })
      await claiming.catch(report)
      await release(options, waiting.splice(0))
      await Promise.all([...runs.values(), ...deliveries.values()])
      renewal.stop()
    },
    wake: () => loop.wake(),
  }
}

/** Gives back what was claimed and not begun, so that another process can go on with it at once. */
async function release({ kamihi, worker }: WorkerOptions, unbegun: ClaimedDelivery[]): Promise<void> {
  const steps = unbegun.map(({ id }) => ({ kind: 'released' as const, id, worker }))
  if (steps.length > 0) await kamihi.store.deliveries.record(steps, kamihi.clock.now())
}

async function renew(
  { kamihi }: WorkerOptions,
  lease: Lease,
  runIds: string[],
  deliveryIds: string[],
): Promise<void> {
  await Promise.all(runIds.map((id) => kamihi.store.runs.renew(id, lease)))
  if (deliveryIds.length > 0) await kamihi.store.deliveries.renew(deliveryIds, lease)
}

/** Frees what dead workers held and ends what is past its deadline. */
async function rescueOnce({ kamihi, events }: WorkerOptions, wake: () => void): Promise<void> {
  const { store, clock, logger } = kamihi
  const { rescued, runs } = await store.deliveries.rescueExpired(clock.now())
  const expired = await store.runs.expire(clock.now())
  for (const run of [...runs, ...expired]) events.changed(run)
  if (rescued === 0) return
  logger.warning({ deliveries: rescued }, 'Deliveries of a worker that ended were taken over')
  wake()
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
        if (!stopped) cancelTimer = kamihi.clock.setTimer(ms, wake)
      })
  }
  const run = async (): Promise<void> => {
    while (again && !stopped) {
      again = false
      await work()
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
