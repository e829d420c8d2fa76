import type { OutgoingPart } from '@kamihi/contracts'
import type { Opts } from 'telegraf/types'
import type { KamihiTelegram } from './client.ts'
import type { Limiter, Turn } from './limiter.ts'
import { outcomeOfError } from './sendOutcome.ts'
import type { SendOptions, SendOutcome } from './telegram.types.ts'

export type Send = (chatId: number, part: OutgoingPart, options: SendOptions) => Promise<SendOutcome>

export interface SenderOptions {
  client: Pick<KamihiTelegram, 'callApi'>
  limiter: Limiter
  /** Whether the messages of the bulk lane are paid for: `telegram.rate.paid`. */
  paid: boolean
}

/** How long bulk waits after Telegram did not know the token: until somebody mends it, each call is refused. */
const tokenPauseSeconds = 60

/** Sends one message when its turn comes, and tells what became of it. @throws what `beforeWrite` throws, and nothing else */
export function createSender({ client, limiter, paid }: SenderOptions): Send {
  return async (chatId, part, { lane, signal, beforeWrite }) => {
    const turn = await limiter.acquire(chatId, lane, signal)
    if (turn.kind !== 'granted') return outcomeOfTurn(turn)
    const { slot } = turn
    try {
      if (beforeWrite && !(await beforeWrite())) return { kind: 'withdrawn' }
      const outcome = await write(client, payloadOf(chatId, part, paid && lane === 'bulk'))
      // Before the slot is given back: what it lets through must know of the pause.
      holdBack(limiter, chatId, outcome)
      slot.answered()
      return outcome
    } finally {
      // Of no effect once it was answered.
      slot.unwritten()
    }
  }
}

/** A message that would have to wait for minutes is given back, and waits where it costs nothing: in the database. */
function outcomeOfTurn(turn: Exclude<Turn, { kind: 'granted' }>): SendOutcome {
  if (turn.kind === 'aborted') return { kind: 'withdrawn' }
  return turn.cause === 'token'
    ? { kind: 'unauthorized', message: 'Telegram does not know the token of the bot.' }
    : { kind: 'retry_after', seconds: turn.seconds }
}

/** What an answer means for other messages. */
function holdBack(limiter: Limiter, chatId: number, outcome: SendOutcome): void {
  if (outcome.kind === 'retry_after') limiter.pause(chatId, outcome.seconds)
  if (outcome.kind === 'unauthorized') limiter.pauseForToken(tokenPauseSeconds)
}

async function write(client: SenderOptions['client'], payload: Opts<'sendMessage'>): Promise<SendOutcome> {
  try {
    const { message_id: messageId } = await client.callApi('sendMessage', payload)
    return { kind: 'sent', messageId }
  } catch (error) {
    return outcomeOfError(error)
  }
}

function payloadOf(
  chatId: number,
  { text, entities, replyMarkup, linkPreview }: OutgoingPart,
  isPaid: boolean,
): Opts<'sendMessage'> {
  return {
    chat_id: chatId,
    text,
    ...(entities.length > 0 ? { entities } : {}),
    ...(replyMarkup === undefined ? {} : { reply_markup: replyMarkup }),
    ...(linkPreview === false ? { link_preview_options: { is_disabled: true } } : {}),
    ...(isPaid ? { allow_paid_broadcast: true } : {}),
  } as Opts<'sendMessage'>
}
