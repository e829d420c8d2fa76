import type { Faults } from '@kamihi/store'
import type { Update } from 'telegraf/types'
import type { Kamihi } from '../kamihi.types.ts'
import { createChatQueues } from './chatQueues.ts'
import { type DispatchParts, dispatch } from './dispatch.ts'
import { chatOf, dialogOf } from './origin.ts'
import { BegunElsewhere } from './runByCommand.ts'

/** An update that is stored; `begun` when a process called an action for it and ended before it said what became of that. */
export interface StoredUpdate {
  update: Update
  begun: boolean
}

export interface UpdateHandler {
  accept(stored: StoredUpdate): void
  /** Resolves when all that was accepted is handled. */
  drain(): Promise<void>
}

type HandlerBot = Pick<Kamihi, 'config' | 'store' | 'clock' | 'logger' | 'health'> & { faults: Faults }

/** Handles each stored update once, in the order of its chat. An error becomes the error message and never stops the others. */
export function createUpdateHandler(
  { store, clock, logger, config, health, faults }: HandlerBot,
  parts: DispatchParts,
): UpdateHandler {
  const notMarked = (error: unknown) =>
    logger.error({ err: error }, 'An update could not be marked as handled')
  const queues = createChatQueues(notMarked)
  /** What this process took up: whoever asks for unhandled updates finds these too, until they are marked. */
  const taken = new Map<number, { update: Update; done: boolean }>()
  const mark = async (update: Update): Promise<void> => {
    await store.updates.handled(update.update_id, clock.now(), dialogOf(update))
    taken.delete(update.update_id)
  }
  const say = async (update: Update, text: string): Promise<void> => {
    const chatId = chatOf(update)
    if (chatId !== null) await parts.reply(chatId, text)
  }
  const sayInterrupted = async (update: Update): Promise<void> => {
    logger.warning(
      { update: update.update_id, chatId: chatOf(update) },
      'The bot ended while an action ran for a command; it is not run again, and the person is told to try again',
    )
    await say(update, config.responses.interruptedMessage)
  }
  const handle = async ({ update, begun }: StoredUpdate): Promise<void> => {
    try {
      if (begun) await sayInterrupted(update)
      else await dispatch(parts, update)
    } catch (error) {
      // Whoever began it marks it.
      if (error instanceof BegunElsewhere) return void taken.delete(update.update_id)
      logger.error({ err: error }, 'An error occurred')
      await say(update, config.responses.errorMessage)
    }
    faults.at('update.done')
    taken.set(update.update_id, { update, done: true })
    await mark(update)
  }
  health.onChange(({ state }) => {
    const left = [...taken.values()].filter(({ done }) => done)
    if (state === 'ok') for (const { update } of left) mark(update).catch(notMarked)
  })
  return {
    accept(stored) {
      const { update } = stored
      if (taken.has(update.update_id)) return
      if (queues.add(chatOf(update) ?? 0, () => handle(stored)))
        taken.set(update.update_id, { update, done: false })
      else logger.warning({ chatId: chatOf(update) }, 'Too many messages wait in this chat; one was dropped')
    },
    drain: () => queues.drain(),
  }
}
