import type { ActionOutcome, ActionRequest, Kamihi, LogLine } from '@kamihi/core'
import type { RunLogLine } from '@kamihi/store'

/** Keeps what actions write to their logger while jobs run them. */
export interface KeptLogs {
  /** Calls an action; its lines are on their way into the store when it has ended, before anything else of it is stored. */
  runAction(request: ActionRequest): Promise<ActionOutcome>
  /** Resolves when every line is written. */
  flush(): Promise<void>
}

/** Lines of an action that takes long are seen after so long. */
const writeEveryMs = 1000
/** More are not held back in memory. */
const mostWaiting = 200

type Bot = Pick<Kamihi, 'store' | 'clock' | 'logger' | 'runAction'>

/** Lines are gathered and written together: at the end of each execution, and now and then before it. A kill may lose the last of them. */
export function keepLogs({ store, clock, logger, runAction }: Bot): KeptLogs {
  let waiting: RunLogLine[] = []
  const onTheirWay = new Set<Promise<void>>()
  let cancelTimer: (() => void) | null = null

  const write = (): void => {
    cancelTimer?.()
    cancelTimer = null
    if (waiting.length === 0) return
    const lines = waiting
    waiting = []
    const written = store.runs
      .addLogs(lines)
      .catch((error: unknown) =>
        logger.warning({ err: error, lines: lines.length }, 'What an action wrote could not be kept'),
      )
      .finally(() => onTheirWay.delete(written))
    onTheirWay.add(written)
  }
  const keep = (of: Pick<RunLogLine, 'runId' | 'userId'>, line: LogLine): void => {
    waiting.push({ ...of, at: clock.now(), ...line })
    if (waiting.length >= mostWaiting) write()
    else cancelTimer ??= clock.setTimer(writeEveryMs, write)
  }
  return {
    async runAction(request) {
      if (!request.job) return runAction(request)
      const of = { runId: request.job.runId, userId: request.user?.id ?? null }
      const outcome = await runAction({ ...request, onLog: (line) => keep(of, line) })
      write()
      return outcome
    },
    async flush() {
      write()
      await Promise.all(onTheirWay)
    },
  }
}
