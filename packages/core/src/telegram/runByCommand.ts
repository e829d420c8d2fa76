import type { User } from '@kamihi/contracts'
import type { ActionRuntime } from '../actions/action.ts'
import type { ActionOutcome, ActionRequest, Kamihi } from '../kamihi.types.ts'
import type { Replies } from './replies.ts'

export interface CommandRun {
  chatId: number
  user: User
  action: ActionRuntime
  args: Record<string, unknown>
}

type Bot = Pick<Kamihi, 'config' | 'store'> & { runAction(request: ActionRequest): Promise<ActionOutcome> }

const timeoutMs = 60_000

/** Runs an action for the person who sent its command and sends back what it returned, or says that it failed. */
export async function runByCommand(
  bot: Bot,
  replies: Replies,
  stopping: AbortSignal,
  { chatId, user, action, args }: CommandRun,
): Promise<void> {
  const users = await bot.store.users.allowedFor(action.name)
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)])
  const outcome = await bot.runAction({ action: action.name, user, users, args, job: null, signal })
  if (outcome.kind === 'returned') await replies.sendAll(chatId, outcome.output)
  else await replies.say(chatId, bot.config.responses.errorMessage)
}
