import type { SchedulerState } from '@kamihi/contracts'
import type { Kamihi } from '@kamihi/core'
import { explainJob } from './explain.ts'
import type { Jobs } from './jobs.types.ts'
import { resumeJob } from './pause.ts'
import { describeScheduler } from './schedulerStatus.ts'
import { skipOccurrence } from './skip.ts'

export type Control = Pick<
  Jobs,
  'pauseJob' | 'resumeJob' | 'skip' | 'unskip' | 'pauseAll' | 'resumeAll' | 'describeScheduler' | 'explain'
>

/** What people may do about what runs by itself, and what they may ask. `changed` is told of each job, or of all (null). */
export function createControl(
  kamihi: Kamihi,
  changed: (id: string | null) => void,
  status: () => SchedulerState,
): Control {
  const { store, clock } = kamihi
  return {
    async pauseJob(id, input, change) {
      const outcome = await store.jobs.pause(id, input, change)
      if (outcome.kind === 'paused') changed(id)
      return outcome
    },
    async resumeJob(id, change) {
      const outcome = await resumeJob(kamihi, id, change)
      if (outcome.kind === 'resumed') changed(id)
      return outcome
    },
    async skip(id, input, change) {
      const outcome = await skipOccurrence(kamihi, id, input, change)
      if (outcome.kind === 'skipped') changed(id)
      return outcome
    },
    async unskip(id, scheduledFor, change) {
      const outcome = await store.jobs.unskip(id, scheduledFor, change)
      if (outcome.kind === 'unskipped') changed(id)
      return outcome
    },
    async pauseAll(input, change) {
      const outcome = await store.scheduler.pause(input, change)
      if (outcome.kind === 'paused') changed(null)
      return outcome
    },
    async resumeAll(change) {
      const outcome = await store.scheduler.resume(change)
      if (outcome.kind === 'resumed') changed(null)
      return outcome
    },
    describeScheduler: () => describeScheduler(store, status(), clock.now()),
    explain: (id, from, to) => explainJob(kamihi, id, { from, to, now: clock.now() }),
  }
}
