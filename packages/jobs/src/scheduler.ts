import { setImmediate as breathe } from 'node:timers/promises'
import { type Clock, type HeldLease, holdLease, type Kamihi } from '@kamihi/core'
import { type DueJob, type ScheduledEnqueue, type ScheduledOutcome, StoreError } from '@kamihi/store'
import { decideDue } from './decide/due.ts'
import { type Hold, holdsOf } from './decide/holds.ts'
import { scheduleOf } from './planner.ts'
import type { RunEvents } from './runEvents.ts'
import { nextRunAt } from './schedule/times.ts'
import { createTimekeeper } from './timekeeper.ts'

export interface Scheduler {
  start(): Promise<void>
  stop(): Promise<void>
  /** Something may be due sooner than was known. */
  nudge(): void
  state(): 'running' | 'standby' | 'paused'
  /** Many are due at once: what is due is written down before what was written is begun, for five seconds at most. */
  isCatchingUp(): boolean
}

export interface SchedulerOptions {
  kamihi: Kamihi
  worker: string
  events: RunEvents
  /** Called when runs were enqueued. */
  onEnqueued(): void
  /** Called with a run that takes no new recipients because another replaced it. */
  onReplaced(runId: string): void
}

const longestWaitMs = 30_000
/** How soon a process that stands by, or one that is paused or failed, looks again. */
const shortWaitMs = 1000
/** How long runs may wait for those that are still to be written. */
const catchUpMs = 5000
/** Jobs decided and written between two turns of the loop: one commit, of some milliseconds. */
const jobsAtOnce = 50
const notPaused = { pausedAt: null, pausedBy: null, pauseReason: null }

/** One timer over the index of what is due: at each tick the due jobs are decided and their runs written. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { kamihi, worker } = options
  const { clock, logger, store } = kamihi
  const lease: HeldLease = holdLease(store.leases, 'scheduler', worker, clock)
  const timekeeper = createTimekeeper(kamihi, worker)
  let stopped = false
  let isPaused = false
  let hasFailed = false
  let hasBegun = false
  const catchUp = createCatchUp(clock)
  let cancelTimer = () => {}
  let ticking: Promise<void> | null = null
  let again = false

  const tick = async (): Promise<void> => {
    // What cannot be recorded is not begun; it is looked for again in a second.
    hasFailed = !kamihi.health.isWritable()
    if (hasFailed) return
    if (!(await lease.ensure())) {
      hasBegun = false
      return
    }
    await begin()
    await timekeeper.atWork()
    const pauses = await store.scheduler.pauses()
    isPaused = pauses.current !== null
    if (isPaused) return
    await enqueueDue(options, holdsOf(notPaused, pauses, clock.now()), catchUp).finally(catchUp.ended)
  }
  /** Once each time that this process becomes the one that ticks. */
  const begin = async (): Promise<void> => {
    if (hasBegun) return
    await placeCursors(kamihi)
    hasBegun = true
  }
  const arm = async (): Promise<void> => {
    if (stopped) return
    const due = await store.jobs.earliestDue().catch(() => null)
    const looksAgain = !lease.isHeld() || isPaused || hasFailed
    const untilDue = Math.max(0, (due ?? Number.POSITIVE_INFINITY) - clock.now())
    const wait = looksAgain ? shortWaitMs : Math.min(untilDue, longestWaitMs)
    timekeeper.waits(wait)
    cancelTimer()
    cancelTimer = clock.setTimer(wait, onTimer)
  }
  const onTimer = (): void => {
    timekeeper.woke()
    wake()
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
      await tick().catch((error: unknown) => {
        hasFailed = true
        logger.error({ err: error }, 'The scheduler could not write what is due; it tries again')
      })
    }
    await arm()
  }

  return {
    async start() {
      if (await lease.ensure()) await begin()
      wake()
    },
    async stop() {
      stopped = true
      cancelTimer()
      await ticking
      // What cannot be written any more keeps nothing from being stopped.
      if (lease.isHeld()) await timekeeper.ended().catch(() => {})
      await lease.release()
    },
    nudge: wake,
    isCatchingUp: catchUp.isUnderWay,
    state: () => (!lease.isHeld() ? 'standby' : isPaused ? 'paused' : 'running'),
  }
}

type CatchUp = ReturnType<typeof createCatchUp>

/** Many are due at once. The time it has to itself counts from the first of them. */
function createCatchUp(clock: Clock) {
  let until: number | null = null
  return {
    goesOn: () => {
      until ??= clock.monotonic() + catchUpMs
    },
    ended: () => {
      until = null
    },
    isUnderWay: () => until !== null && clock.monotonic() < until,
  }
}

/** Cursors placed in one commit. */
const movesAtOnce = 1000

/** Everything that is due, some jobs at a time, so that the rest of the bot goes on between them. */
async function enqueueDue(options: SchedulerOptions, holds: Hold[], catchUp: CatchUp): Promise<void> {
  const { kamihi, onEnqueued } = options
  let failed = 0
  for (;;) {
    const now = kamihi.clock.now()
    const due = await kamihi.store.jobs.listDue(now, jobsAtOnce)
    if (due.length < jobsAtOnce) catchUp.ended()
    else catchUp.goesOn()
    const decided = await decide(kamihi, due, holds, now)
    await breathe()
    const written = await write(kamihi, decided)
    failed += written.failed
    const moved = written.outcomes.filter((outcome) => tell(options, outcome)).length
    if (moved > 0) onEnqueued()
    if (due.length < jobsAtOnce || moved === 0) break
    await breathe()
  }
  if (failed > 0) throw new Error(`The runs of some jobs could not be written, ${failed} times`)
}

/** What each of the due jobs does. One whose schedule cannot be read stops, and only it. */
async function decide(
  kamihi: Kamihi,
  due: DueJob[],
  holds: Hold[],
  now: number,
): Promise<ScheduledEnqueue[]> {
  const decided: ScheduledEnqueue[] = []
  for (const job of due) {
    const schedule = scheduleOf(kamihi, job)
    if (schedule) {
      const decision = decideDue({ ...job, schedule, now }, holds)
      decided.push({ jobId: job.id, expectedNextRunAt: job.nextRunAt, now, ...decision })
    } else {
      kamihi.logger.error({ job: job.id }, 'The schedule of a job cannot be read; it does not fire')
      await kamihi.store.jobs.reschedule(job.id, job.version, null)
    }
  }
  return decided
}

/** Writes them in one commit. Where one of them cannot be written, the others are, one by one. */
async function write(
  { store, logger }: Kamihi,
  inputs: ScheduledEnqueue[],
): Promise<{ outcomes: ScheduledOutcome[]; failed: number }> {
  if (inputs.length === 0) return { outcomes: [], failed: 0 }
  try {
    return { outcomes: await store.runs.enqueueScheduledMany(inputs), failed: 0 }
  } catch (error) {
    if (error instanceof StoreError) throw error
  }
  const outcomes: ScheduledOutcome[] = []
  for (const input of inputs) {
    const outcome = await store.runs.enqueueScheduled(input).catch((error: unknown) => {
      if (error instanceof StoreError) throw error
      logger.error({ err: error, job: input.jobId }, 'The runs of a job could not be written')
    })
    if (outcome) outcomes.push(outcome)
  }
  return { outcomes, failed: inputs.length - outcomes.length }
}

/** Tells what was written; false when nothing was. */
function tell({ events, onReplaced }: SchedulerOptions, outcome: ScheduledOutcome): boolean {
  if (outcome.kind === 'lost') return false
  for (const run of outcome.replaced) onReplaced(run.id)
  for (const run of [...outcome.replaced, ...outcome.runs]) events.changed(run)
  return true
}

/**
 * A job that has no cursor gets one; one whose zone is that of the settings gets it anew when the settings changed. What was due
 * before that is left to the next tick.
 */
async function placeCursors(kamihi: Kamihi): Promise<void> {
  const { store, clock, config } = kamihi
  const now = clock.now()
  const zoneKey = 'scheduler.timezone'
  const zoneChanged = (await store.settings.get(zoneKey)) !== config.timezone
  const moves = (await store.jobs.listToReschedule()).flatMap((job) => {
    if (job.nextRunAt !== null && (!zoneChanged || job.nextRunAt <= now)) return []
    const schedule = scheduleOf(kamihi, job)
    return schedule ? [{ id: job.id, version: job.version, nextRunAt: nextRunAt(schedule, now) }] : []
  })
  for (let from = 0; from < moves.length; from += movesAtOnce) {
    await store.jobs.rescheduleMany(moves.slice(from, from + movesAtOnce))
    await breathe()
  }
  if (zoneChanged) await store.settings.set(zoneKey, config.timezone)
}
