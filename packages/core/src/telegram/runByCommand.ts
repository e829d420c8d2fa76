import type { User } from '@kamihi/contracts'
import type { Conversation, Faults } from '@kamihi/store'
import type { ActionRuntime } from '../actions/action.ts'
import type { ActionOutcome, ActionRequest, Kamihi } from '../kamihi.types.ts'
import type { Origin } from './origin.ts'
import type { Replies } from './replies.ts'

export interface CommandRun {
  origin: Origin
  user: User
  action: ActionRuntime
  args: Record<string, unknown>
  /** That gave the args, with all its answers. */
  dialog: Conversation | null
}

/** Another process has called the action of this update, or is just doing so. */
export class BegunElsewhere extends Error {}

type Bot = Pick<Kamihi, 'config' | 'store' | 'clock'> & {
  faults: Faults
  runAction(request: ActionRequest): Promise<ActionOutcome>
}

const timeoutMs = 60_000

/**
 * Runs an action for the person who sent its command and sends back what it returned, or says that it failed.
 * @throws BegunElsewhere
 */
export async function runByCommand(
  bot: Bot,
  replies: Replies,
  stopping: AbortSignal,
  { origin, user, action, args, dialog }: CommandRun,
): Promise<void> {
  const users = await bot.store.users.allowedFor(action.name)
  await begin(bot, action, origin, dialog)
  bot.faults.at('command.begun')
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)])
  const outcome = await bot.runAction({ action: action.name, user, users, args, job: null, signal })
  bot.faults.at('command.action.returned')
  if (outcome.kind === 'returned') await replies.sendAll(origin.chatId, outcome.output)
  else await replies.say(origin.chatId, bot.config.responses.errorMessage)
}

/** From here on a crash leaves behind that the action may have run. One that may run twice is run again then, with the same answers. */
async function begin(
  { store, clock }: Bot,
  { idempotent }: ActionRuntime,
  { updateId }: Origin,
  dialog: Conversation | null,
): Promise<void> {
  if (idempotent) {
    if (dialog) await store.conversations.save(dialog)
    return
  }
  if (!(await store.updates.begin(updateId, clock.now(), dialog ?? undefined)))
    throw new BegunElsewhere('Another process has begun this update.')
}
