import { type HeldLease, holdLease, type Kamihi } from '@kamihi/core'
import type { JobRecord } from '@kamihi/store'
import { decideOccurrences } from './decide/occurrences.ts'
import type { RunEvents } from './runEvents.ts'
import { parseSchedule } from './schedule/parse.ts'
import { nextRunAt } from './schedule/times.ts'

export interface Scheduler {
  start(): Promise<void>
  stop(): Promise<void>
  /** Something may be due sooner than was known. */
  nudge(): void
  isActive(): boolean
}

export interface SchedulerOptions {
  kamihi: Kamihi
  worker: string
  events: RunEvents
  /** Called when runs were enqueued. */
  onEnqueued(): void
}

const longestWaitMs = 30_000
const dueAtOnce = 100

/** One timer over the index of what is due: at each tick the due jobs are decided and their runs written. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { kamihi, worker } = options
  const { clock, logger, store } = kamihi
  const lease: HeldLease = holdLease(store.leases, 'scheduler', worker, clock)
  let stopped = false
  let cancelTimer = () => {}
  let ticking: Promise<void> | null = null
  let again = false

  const tick = async (): Promise<void> => {
    try {
      if (await lease.ensure()) await enqueueDue(options)
    } catch (error) {
      logger.error({ err: error }, 'The scheduler could not write what is due; it tries again')
    }
  }
  const schedule = async (): Promise<void> => {
    if (stopped) return
    const due = await store.jobs.earliestDue().catch(() => null)
    const wait = lease.isHeld() ? Math.max(0, (due ?? Number.POSITIVE_INFINITY) - clock.now()) : 1000
    cancelTimer()
    cancelTimer = clock.setTimer(Math.min(wait, longestWaitMs), wake)
  }
  function wake(): void {
    cancelTimer()
    if (stopped) return
    again = true
    ticking ??= run().finally(() => {
      ticking = null
    })
  }
  async function run(): Promise<void> {
    while (again && !stopped) {
      again = false
      await tick()
    }
    await schedule()
  }

  return {
    async start() {
      if (await lease.ensure()) await placeCursors(kamihi)
      wake()
    },
    async stop() {
      stopped = true
      cancelTimer()
      await ticking
      await lease.release()
    },
    nudge: wake,
    isActive: () => lease.isHeld(),
  }
}

async function enqueueDue({ kamihi, events, onEnqueued }: SchedulerOptions): Promise<void> {
  for (;;) {
    const due = await kamihi.store.jobs.listDue(kamihi.clock.now(), dueAtOnce)
    for (const job of due) await enqueueOne(kamihi, job, events)
    if (due.length > 0) onEnqueued()
    if (due.length < dueAtOnce) return
  }
}

async function enqueueOne(kamihi: Kamihi, job: JobRecord, events: RunEvents): Promise<void> {
  const { store, clock, config, logger } = kamihi
  const parsed = parseSchedule(job.cronExpression, job.timezone ?? config.timezone, {
    allowSeconds: config.jobs.allowSeconds,
  })
  if (parsed.kind === 'refused') {
    // Only one job stops, and it is seen: it has no next run.
    logger.error(
      { job: job.id, reason: parsed.reason },
      'The schedule of a job cannot be read; it does not fire',
    )
    await store.jobs.reschedule(job.id, job.version, null)
    return
  }
  const now = clock.now()
  const { catchUp, catchUpWindowSeconds, actionLoaded } = job
  const cursor = job.nextRunAt ?? now
  const decision = decideOccurrences({
    schedule: parsed.schedule,
    nextRunAt: cursor,
    now,
    catchUp,
    catchUpWindowSeconds,
    actionLoaded,
  })
  const outcome = await store.runs.enqueueScheduled({
    jobId: job.id,
    expectedNextRunAt: cursor,
    ...decision,
    now,
  })
  if (outcome.kind === 'enqueued') for (const run of outcome.runs) events.changed(run)
}

/** A job that has no cursor gets one; one whose zone is that of the settings gets it anew when the settings changed. */
async function placeCursors({ store, clock, config }: Kamihi): Promise<void> {
  const now = clock.now()
  const zoneKey = 'scheduler.timezone'
  const zoneChanged = (await store.settings.get(zoneKey)) !== config.timezone
  for (const job of await store.jobs.listToReschedule()) {
    if (job.nextRunAt !== null && !zoneChanged) continue
    const parsed = parseSchedule(job.cronExpression, job.timezone ?? config.timezone, {
      allowSeconds: config.jobs.allowSeconds,
    })
    if (parsed.kind === 'valid')
      await store.jobs.reschedule(job.id, job.version, nextRunAt(parsed.schedule, now))
  }
  if (zoneChanged) await store.settings.set(zoneKey, config.timezone)
}
