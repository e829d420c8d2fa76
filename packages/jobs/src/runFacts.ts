import type { JobSettings, Run } from '@kamihi/contracts'
import type { JobContext } from '@kamihi/core'

/** What an action learns of the job that runs it. */
export function jobContextOf(run: Run): JobContext {
  return {
    id: run.jobId,
    runId: run.id,
    key: run.key,
    trigger: run.trigger,
    scheduledFor: new Date(run.scheduledFor),
    perUser: run.perUser,
  }
}

/** Aborted on timeout of the action, at the deadline of the run and when `outer` is. */
export function actionSignal(settings: JobSettings, outer: AbortSignal): AbortSignal {
  return AbortSignal.any([outer, AbortSignal.timeout(settings.timeoutSeconds * 1000)])
}
