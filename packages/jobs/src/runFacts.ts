import type { Clock, JobContext } from '@kamihi/core'
import type { RunFacts } from '@kamihi/store'

/** What an action learns of the job that runs it. */
export function jobContextOf({ id, jobId, key, trigger, scheduledFor, perUser }: RunFacts): JobContext {
  return { id: jobId, runId: id, key, trigger, scheduledFor: new Date(scheduledFor), perUser }
}

/** A signal that is aborted when one of its reasons comes first; `end` gives back what it holds. */
export interface ActionSignal {
  signal: AbortSignal
  end(): void
}

/** Aborted on timeout of the action, at the deadline of its run, and when one of `outer` is: cancel, lost lease, shutdown. */
export function actionSignal(run: RunFacts, clock: Clock, outer: AbortSignal[]): ActionSignal {
  const controller = new AbortController()
  const timeoutMs = run.settings.timeoutSeconds * 1000
  const left = run.deadlineAt - clock.now()
  const message =
    left < timeoutMs
      ? 'The deadline of its run has passed.'
      : `It took longer than ${run.settings.timeoutSeconds} s.`
  const cancelTimer = clock.setTimer(Math.max(0, Math.min(timeoutMs, left)), () =>
    controller.abort(new Error(message)),
  )
  const abort = () => controller.abort(outer.find((signal) => signal.aborted)?.reason)
  for (const signal of outer) {
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
  }
  return {
    signal: controller.signal,
    end() {
      cancelTimer()
      for (const signal of outer) signal.removeEventListener('abort', abort)
    },
  }
}
