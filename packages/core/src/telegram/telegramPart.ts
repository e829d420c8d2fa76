import { randomUUID } from 'node:crypto'
import type { TelegramState } from '@kamihi/contracts'
import type { Faults } from '@kamihi/store'
import type { Registry } from '../actions/registry.ts'
import { createConversations } from '../conversations/engine.ts'
import type { ActionOutcome, ActionRequest, Kamihi } from '../kamihi.types.ts'
import { repeat } from '../repeat.ts'
import { KamihiTelegram, normaliseApiRoot } from './client.ts'
import { createCommandMenus } from './commandMenu.ts'
import { createDefaultAnswers } from './defaultAnswers.ts'
import type { DispatchParts } from './dispatch.ts'
import { createUpdateHandler } from './handler.ts'
import { createLimiter } from './limiter.ts'
import { createPoller } from './poller.ts'
import { createReach } from './reach.ts'
import { createReplies } from './replies.ts'
import { type CommandRun, runByCommand } from './runByCommand.ts'
import { createSender } from './sender.ts'
import type { CommandAnswer, TelegramService } from './telegram.types.ts'
import { createTraffic } from './traffic.ts'

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
  faults: Faults
  runAction(request: ActionRequest): Promise<ActionOutcome>
}

const sweepMs = 5000

/** The side of the bot that speaks with Telegram: sending, polling, commands, conversations and menus. */
export function createTelegramPart(bot: TelegramBot, options: TelegramOptions): TelegramPart {
  const { config, store, clock, logger, events, actions, health, faults } = bot
  const client = new KamihiTelegram(options.token, {
    apiRoot: normaliseApiRoot(options.apiRoot),
    webhookReply: false,
    testEnv: config.testing,
  })
  const limiter = createLimiter(config.telegram.rate, clock)
  const traffic = createTraffic(clock)
  const send = traffic.counted(createSender({ client, limiter, paid: config.telegram.rate.paid }))
  const stopping = new AbortController()
  const replies = createReplies({ send, clock, logger, signal: stopping.signal })
  const standing = createStanding(() => {
    traffic.stateChanged()
    events.emit({ type: 'telegram.changed', ids: [] })
  })
  const run = (asked: CommandRun) => runByCommand(bot, replies, stopping.signal, asked)
  // A message that is gone, or has none any more, is no error of anybody.
  const removeButtons = async (chatId: number, messageId: number): Promise<void> => {
    await client
      .callApi('editMessageReplyMarkup', { chat_id: chatId, message_id: messageId })
      .catch(() => undefined)
  }
  const conversations = createConversations({
    store,
    config,
    clock,
    actions,
    faults,
    reply: replies.say,
    removeButtons,
    onComplete: (origin, user, action, dialog) => run({ origin, user, action, args: dialog.answers, dialog }),
  })
  const answers = new Map<string, CommandAnswer>()
  const parts: DispatchParts = {
    store,
    events,
    config,
    actions,
    conversations,
    answers,
    logger,
    now: () => clock.now(),
    botUsername: () => standing.botUsername,
    reply: replies.say,
    isDefaultDue: createDefaultAnswers(clock),
    answerPress: (queryId, notice) => answerPress(client, queryId, notice),
    removeButtons,
    run: (origin, user, action) => run({ origin, user, action, args: {}, dialog: null }),
  }
  const handler = createUpdateHandler(bot, parts)
  const poller = createPoller({
    client,
    store,
    clock,
    logger,
    worker: options.worker,
    random: Math.random,
    faults,
    canStore: health.isWritable,
    accept: handler.accept,
    onState: standing.set,
    onIdentity: standing.setUsername,
    onAnswer: traffic.answered,
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
    reach: createReach(client, limiter),
    hasRoom: limiter.hasRoom,
    onCommand: (command, answer) => void answers.set(command.toLowerCase(), answer),
    traffic: () => traffic.read(limiter.bulkPausedMs()),
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
      void sweep.stop()
      menus.stop()
      await poller.stop()
      const abort = () => stopping.abort(new Error('The bot stops.'))
      signal.addEventListener('abort', abort, { once: true })
      await handler.drain()
      abort()
      // Not before: another process takes up what is not handled yet.
      await poller.release()
    },
  }
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
