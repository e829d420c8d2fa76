import { randomUUID } from 'node:crypto'
import type { TelegramState, User } from '@kamihi/contracts'
import type { Update } from 'telegraf/types'
import type { ActionRuntime } from '../actions/action.ts'
import type { Registry } from '../actions/registry.ts'
import { createConversations } from '../conversations/engine.ts'
import type { ActionOutcome, ActionRequest, Kamihi } from '../kamihi.types.ts'
import { repeat } from '../repeat.ts'
import { createChatQueues } from './chatQueues.ts'
import { KamihiTelegram, normaliseApiRoot } from './client.ts'
import { createCommandMenus } from './commandMenu.ts'
import { type DispatchParts, dispatch } from './dispatch.ts'
import { createLimiter } from './limiter.ts'
import { createPoller } from './poller.ts'
import { createReplies } from './replies.ts'
import { runByCommand } from './runByCommand.ts'
import { createSender } from './sender.ts'
import type { TelegramService } from './telegram.types.ts'

export interface TelegramOptions {
  token: string
  apiRoot: string
  isEmulator: boolean
  worker: string
}

export interface TelegramPart extends TelegramService {
  start(): void
  /** Takes no new updates and lets the handlers end; `signal` aborts those that take too long. */
  stop(signal: AbortSignal): Promise<void>
}

export type TelegramBot = Pick<Kamihi, 'config' | 'store' | 'clock' | 'logger' | 'events' | 'health'> & {
  actions: Registry
  runAction(request: ActionRequest): Promise<ActionOutcome>
}

const sweepMs = 5000

/** The side of the bot that speaks with Telegram: sending, polling, commands, conversations and menus. */
export function createTelegramPart(bot: TelegramBot, options: TelegramOptions): TelegramPart {
  const { config, store, clock, logger, events, actions, health } = bot
  const client = new KamihiTelegram(options.token, {
    apiRoot: normaliseApiRoot(options.apiRoot),
    webhookReply: false,
    testEnv: config.testing,
  })
  const limiter = createLimiter(config.telegram.rate, clock)
  const send = createSender({ client, limiter, paid: config.telegram.rate.paid })
  const stopping = new AbortController()
  const replies = createReplies({ send, clock, logger, signal: stopping.signal })
  const standing = createStanding(() => events.emit({ type: 'telegram.changed', ids: [] }))
  const run = (chatId: number, user: User, action: ActionRuntime, args: Record<string, unknown>) =>
    runByCommand(bot, replies, stopping.signal, { chatId, user, action, args })
  const conversations = createConversations({
    store,
    config,
    clock,
    actions,
    reply: replies.say,
    onComplete: run,
  })
  const parts: DispatchParts = {
    store,
    config,
    actions,
    conversations,
    now: () => clock.now(),
    botUsername: () => standing.botUsername,
    reply: replies.say,
    answerPress: (queryId, notice) => answerPress(client, queryId, notice),
    run,
  }
  const handler = createHandler(bot, parts, replies.say)
  const poller = createPoller({
    client,
    store,
    clock,
    logger,
    worker: options.worker,
    random: Math.random,
    canStore: health.isWritable,
    accept: handler.accept,
    onState: standing.set,
    onIdentity: standing.setUsername,
  })
  const installation = options.isEmulator ? randomUUID() : 'telegram'
  const menus = createCommandMenus({ client, store, config, actions, events, clock, logger, installation })
  const sweep = repeat(
    clock,
    sweepMs,
    async () => void (health.isWritable() && (await conversations.sweep())),
    (error) => logger.warning({ err: error }, 'Failed to end silent conversations'),
  )

  return {
    send,
    hasRoom: limiter.hasRoom,
    state: () => ({
      state: standing.state,
      detail: standing.detail,
      botUsername: standing.botUsername,
      isEmulator: options.isEmulator,
    }),
    start() {
      poller.start()
      menus.start()
      sweep.start()
    },
    async stop(signal) {
      sweep.stop()
      menus.stop()
      await poller.stop()
      const abort = () => stopping.abort(new Error('The bot stops.'))
      signal.addEventListener('abort', abort, { once: true })
      await handler.drain()
      abort()
    },
  }
}

/** Handles each stored update once, in the order of its chat. An error becomes the error message and never stops the others. */
function createHandler(
  { store, clock, logger, config, health }: TelegramBot,
  parts: DispatchParts,
  say: DispatchParts['reply'],
) {
  const notMarked = (error: unknown) =>
    logger.error({ err: error }, 'An update could not be marked as handled')
  const queues = createChatQueues(notMarked)
  /** What this process took up: whoever asks for unhandled updates finds these too, until they are marked. */
  const taken = new Map<number, 'working' | 'unmarked'>()
  const handle = async (update: Update): Promise<void> => {
    try {
      await dispatch(parts, update)
    } catch (error) {
      logger.error({ err: error }, 'An error occurred')
      const chatId = chatOf(update)
      if (chatId !== null) await say(chatId, config.responses.errorMessage)
    }
    taken.set(update.update_id, 'unmarked')
    await mark(update.update_id)
  }
  const mark = async (id: number): Promise<void> => {
    await store.updates.handled(id, clock.now())
    taken.delete(id)
  }
  health.onChange(({ state }) => {
    const left = [...taken.keys()].filter((id) => taken.get(id) === 'unmarked')
    if (state === 'ok') for (const id of left) mark(id).catch(notMarked)
  })
  return {
    accept(update: Update) {
      const id = update.update_id
      if (taken.has(id)) return
      if (queues.add(chatOf(update) ?? 0, () => handle(update))) taken.set(id, 'working')
      else logger.warning({ chatId: chatOf(update) }, 'Too many messages wait in this chat; one was dropped')
    },
    drain: () => queues.drain(),
  }
}

function chatOf(update: Update): number | null {
  if ('message' in update) return update.message.chat.id
  if ('callback_query' in update)
    return update.callback_query.message?.chat.id ?? update.callback_query.from.id
  return 'my_chat_member' in update ? update.my_chat_member.chat.id : null
}

async function answerPress(
  client: KamihiTelegram,
  queryId: string,
  notice: string | undefined,
): Promise<void> {
  // A press that is too old to be answered is no error of anybody.
  await client
    .callApi('answerCallbackQuery', { callback_query_id: queryId, ...(notice ? { text: notice } : {}) })
    .catch(() => undefined)
}

function createStanding(onChange: () => void) {
  const standing = {
    state: 'unreachable' as TelegramState,
    detail: 'Not connected yet.' as string | null,
    botUsername: null as string | null,
    set(state: TelegramState, detail: string | null) {
      if (standing.state === state && standing.detail === detail) return
      Object.assign(standing, { state, detail })
      onChange()
    },
    setUsername(botUsername: string | null) {
      Object.assign(standing, { botUsername })
    },
  }
  return standing
}
