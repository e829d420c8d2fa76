import type { OutgoingPart } from '@kamihi/contracts'
import type { Opts } from 'telegraf/types'
import type { KamihiTelegram } from './client.ts'
import type { Limiter } from './limiter.ts'
import { outcomeOfError } from './sendOutcome.ts'
import type { SendOptions, SendOutcome } from './telegram.types.ts'
import { inTurn } from './turn.ts'

export type Send = (chatId: number, part: OutgoingPart, options: SendOptions) => Promise<SendOutcome>

export interface SenderOptions {
  client: Pick<KamihiTelegram, 'callApi'>
  limiter: Limiter
  /** Whether the messages of the bulk lane are paid for: `telegram.rate.paid`. */
  paid: boolean
}

/** Sends one message when its turn comes, and tells what became of it. @throws what `beforeWrite` throws, and nothing else */
export function createSender({ client, limiter, paid }: SenderOptions): Send {
  return (chatId, part, options) =>
    inTurn<SendOutcome>(limiter, chatId, options, async () =>
      options.beforeWrite && !(await options.beforeWrite())
        ? { kind: 'withdrawn' }
        : write(client, payloadOf(chatId, part, paid && options.lane === 'bulk')),
    )
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
