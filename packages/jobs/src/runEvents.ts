import type { Clock, Events } from '@kamihi/core'
import type { RunStanding } from '@kamihi/store'
import type { Progress } from './progress.ts'

export interface RunEvents {
  /** Tells that a run changed: at once when it ended, else at most four times a second. */
  changed(run: RunStanding): void
  stop(): void
}

const everyMs = 250

/** Progress of runs for those who watch; the last state of each is always told. */
export function createRunEvents(events: Events, clock: Clock, progress: Progress): RunEvents {
  const waiting = new Map<string, RunStanding>()
  const told = new Map<string, number>()
  let cancelTimer: (() => void) | null = null
  const tell = (run: RunStanding) => {
    events.emit({
      type: 'run.changed',
      runId: run.id,
      jobId: run.jobId,
      state: run.state,
      counts: run.counts,
      progress: progress.of(run),
    })
    if (run.finishedAt === null) told.set(run.id, clock.now())
    else told.delete(run.id)
  }
  const flush = () => {
    cancelTimer = null
    for (const run of waiting.values()) tell(run)
    waiting.clear()
  }
  return {
    changed(run) {
      progress.note(run)
      waiting.delete(run.id)
      const soon = clock.now() - (told.get(run.id) ?? 0) < everyMs
      if (run.finishedAt !== null || !soon) return tell(run)
      waiting.set(run.id, run)
      cancelTimer ??= clock.setTimer(everyMs, flush)
    },
    stop() {
      cancelTimer?.()
      flush()
    },
  }
}
