import type { ActionOutcome, ActionRequest, Kamihi } from '../kamihi.types.ts'
import { toParts } from '../output/toParts.ts'
import { redact } from '../redact.ts'
import type { TelegramService } from '../telegram/telegram.types.ts'
import type { ActionContext } from './action.ts'
import { captureLogs } from './captureLogs.ts'
import { createRunningActions, type RunningActions } from './running.ts'

/** Calls an action and tells what became of it; nothing that an action throws gets past this. */
export async function runAction(
  kamihi: Pick<Kamihi, 'actions' | 'logger'> & {
    telegram: Pick<TelegramService, 'state'>
    running?: RunningActions
  },
  request: ActionRequest,
): Promise<ActionOutcome> {
  const action = kamihi.actions.get(request.action)
  if (!action) return { kind: 'missing' }
  const logger = kamihi.logger.child({
    action: action.name,
    ...(request.job ? { run: request.job.runId } : {}),
  })
  const capture = request.onLog ? captureLogs(logger, request.onLog) : null
  const args = Object.fromEntries(
    action.questions.map(([name, question]) => [
      name,
      Object.hasOwn(request.args, name) ? request.args[name] : (question.default ?? null),
    ]),
  )
  const { user, users, job, signal } = request
  const context = {
    args: { ...request.args, ...args },
    user,
    users,
    job,
    logger: capture?.logger ?? logger,
    telegram: kamihi.telegram,
    signal,
  } as ActionContext
  try {
    const result = await untilAborted(
      (kamihi.running ?? createRunningActions()).track(action.name, () => action.run(context)),
      signal,
    )
    const output = toParts(result)
    capture?.end()
    return { kind: 'returned', output }
  } catch (error) {
    const outcome = failureOf(error, signal)
    if (outcome.kind === 'threw') logger.error({ err: error }, 'The action failed')
    capture?.end(
      outcome.kind === 'threw' ? (outcome.stack ?? outcome.message) : `It was stopped: ${outcome.message}`,
    )
    return outcome
  }
}

function failureOf(error: unknown, signal: AbortSignal): Extract<ActionOutcome, { message: string }> {
  if (signal.aborted) {
    const { reason } = signal
    return {
      kind: 'aborted',
      message: String(reason instanceof Error ? reason.message : (reason ?? 'aborted')),
    }
  }
  return {
    kind: 'threw',
    message: redact(error instanceof Error ? error.message : String(error)),
    stack: error instanceof Error ? redact(error.stack ?? '') : null,
  }
}

/** An action that does not listen to its signal is left alone; its late result is not used. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
