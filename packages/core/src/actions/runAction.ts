import type { ActionOutcome, ActionRequest, Kamihi } from '../kamihi.types.ts'
import { toParts } from '../output/toParts.ts'
import { redact } from '../redact.ts'
import type { ActionContext } from './action.ts'

/** Calls an action and tells what became of it; nothing that an action throws gets past this. */
export async function runAction(
  kamihi: Pick<Kamihi, 'actions' | 'logger' | 'telegram'>,
  request: ActionRequest,
): Promise<ActionOutcome> {
  const action = kamihi.actions.get(request.action)
  if (!action) return { kind: 'missing' }
  const logger = kamihi.logger.child({
    action: action.name,
    ...(request.job ? { run: request.job.runId } : {}),
  })
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
    logger,
    telegram: kamihi.telegram,
    signal,
  } as ActionContext
  try {
    const result = await untilAborted(
      Promise.resolve().then(() => action.run(context)),
      signal,
    )
    return { kind: 'returned', output: toParts(result) }
  } catch (error) {
    if (signal.aborted)
      return {
        kind: 'aborted',
        message: String(
          signal.reason instanceof Error ? signal.reason.message : (signal.reason ?? 'aborted'),
        ),
      }
    logger.error({ err: error }, 'The action failed')
    return {
      kind: 'threw',
      message: redact(error instanceof Error ? error.message : String(error)),
      stack: error instanceof Error ? redact(error.stack ?? '') : null,
    }
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
