import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import type { Run, SchedulerState } from '@kamihi/contracts'
import type { Kamihi } from '@kamihi/core'
import { type Faults, noFaults } from '@kamihi/store'
import { rememberAudiences } from './audiences.ts'
import { refusedRun } from './checkRun.ts'
import { createChores } from './chores.ts'
import { createControl } from './control.ts'
import { timelineOf } from './decide/timeline.ts'
import { createEditing } from './edit.ts'
import type { Jobs } from './jobs.types.ts'
import { keepLogs } from './logs.ts'
import { createProgress } from './progress.ts'
import { createRunEvents } from './runEvents.ts'
import { createScheduler } from './scheduler.ts'
import { closedSlot } from './slot.ts'
import { createWorker } from './worker.ts'

export interface JobsOptions {
  kamihi: Kamihi
  /** Names this process in leases. Default: random. */
  workerId?: string
  random?: () => number
  /** Where a test stops the process. Default: nowhere. */
  faults?: Faults
}

/** Jobs as a part of the bot. With `jobs.enabled` off they can be prepared, and nothing runs. */
export function createJobs({
  kamihi,
  workerId = randomUUID(),
  random = Math.random,
  faults = noFaults,
}: JobsOptions): Jobs {
  const { config, store, clock, events } = kamihi
  const { enabled } = config.jobs
  const progress = createProgress(kamihi)
  const runEvents = createRunEvents(events, clock, progress)
  const logs = keepLogs(kamihi)
  const abort = new AbortController()
  // Every delivery in the air listens to it.
  setMaxListeners(0, abort.signal)
  const work = {
    kamihi: { ...kamihi, runAction: logs.runAction },
    worker: workerId,
    events: runEvents,
    random,
    faults,
    audiences: rememberAudiences(store.runs),
  }
  const worker = createWorker({
    ...work,
    signal: abort.signal,
    abort,
    holdsBack: () => scheduler?.isCatchingUp() ?? false,
  })
  const scheduler = enabled
    ? createScheduler({
        kamihi,
        worker: workerId,
        events: runEvents,
        onEnqueued: () => {
          faults.at('run.enqueued')
          worker.wake()
        },
        onReplaced: worker.abandon,
      })
    : null
  // Without a scheduler there is no lease to go by, and nothing that two processes could not do.
  const isLeader = () => scheduler === null || ['running', 'paused'].includes(scheduler.state())
  const chores = createChores({ kamihi, worker: workerId, isLeader, random })
  let started = false
  const reportStop = (error: unknown) =>
    kamihi.logger.error({ err: error }, 'A part of the jobs could not be stopped in order')

  const changed = (id: string | null) => {
    events.emit({ type: 'jobs.changed', ids: id === null ? [] : [id] })
    if (started) scheduler?.nudge()
  }
  /** A run that somebody asked for is there, and others may have made room for it. */
  const began = (run: Run, replaced: Run[]) => {
    for (const { id } of replaced) worker.abandon(id)
    for (const one of [...replaced, run]) runEvents.changed(one)
    worker.wake()
  }
  const status = (): SchedulerState => (!scheduler ? 'disabled' : started ? scheduler.state() : 'stopped')
  return {
    name: 'jobs',
    ...createEditing(kamihi, changed),
    ...createControl(kamihi, changed, status),
    async run(jobId, asked, change) {
      if (!enabled) return { kind: 'jobs_disabled' }
      const slot = asked.scheduledFor ?? null
      const closed = slot === null ? null : await closedSlot(kamihi, jobId, slot, change.now)
      const refused = closed ?? (await refusedRun(kamihi, { jobId, ...asked }))
      if (refused) return refused
      const outcome = await store.runs.enqueueManual({ jobId, ...asked }, change)
      if (outcome.kind === 'enqueued') began(outcome.run, outcome.replaced)
      return outcome
    },
    async retry(runId, change, only) {
      if (!enabled) return { kind: 'jobs_disabled' }
      const outcome = await store.runs.enqueueRetry(runId, change, only)
      if (outcome.kind === 'enqueued') began(outcome.run, outcome.replaced)
      return outcome
    },
    async retryDelivery(id, change) {
      if (!enabled) return { kind: 'jobs_disabled' }
      const outcome = await store.deliveries.retry(id, change)
      if (outcome.kind === 'enqueued') began(outcome.run, outcome.replaced)
      return outcome
    },
    async cancelDelivery(id, change) {
      const outcome = await store.deliveries.cancel(id, change)
      if (outcome.kind === 'cancelled') runEvents.changed(outcome.run)
      return outcome
    },
    async resolveDelivery(id, change) {
      const outcome = await store.deliveries.resolve(id, change)
      if (outcome.kind === 'resolved') runEvents.changed(outcome.run)
      return outcome
    },
    async cancel(runId, change) {
      const outcome = await store.runs.cancel(runId, change)
      faults.at('run.cancel.stored')
      if (outcome.kind !== 'cancelled') return outcome
      worker.abandon(runId)
      runEvents.changed(outcome.run)
      return outcome
    },
    async resume(runId, change) {
      const outcome = await store.runs.resume(runId, change)
      if (outcome.kind === 'resumed') runEvents.changed(outcome.run)
      worker.wake()
      return outcome
    },
    progressOf(run) {
      progress.note(run)
      return progress.of(run)
    },
    async timeline(runId) {
      const trace = await store.runs.trace(runId)
      return trace && timelineOf(trace)
    },
    status,
    async start() {
      chores.start()
      if (!scheduler) return
      await scheduler.start()
      worker.start()
      started = true
    },
    async stop(signal) {
      started = false
      // What one of them cannot write any more keeps none of the others from stopping.
      const parts = [chores.stop, () => scheduler?.stop(), () => worker.stop(signal), logs.flush]
      for (const stop of parts) await Promise.resolve(stop()).catch(reportStop)
      runEvents.stop()
    },
  }
}
