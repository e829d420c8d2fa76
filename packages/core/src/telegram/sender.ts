import type { OutgoingPart } from '@kamihi/contracts'
import type { Opts } from 'telegraf/types'
import type { KamihiTelegram } from './client.ts'
import type { Limiter } from './limiter.ts'
import { outcomeOfError } from './sendOutcome.ts'
import type { SendOptions, SendOutcome } from './telegram.types.ts'

export type Send = (chatId: number, part: OutgoingPart, options: SendOptions) => Promise<SendOutcome>

/** Sends one message when its turn comes, and tells what became of it; never throws. */
export function createSender(client: KamihiTelegram, limiter: Limiter): Send {
  return async (chatId, part, { lane, signal, beforeWrite }) => {
    if (!(await limiter.acquire(chatId, lane, signal))) return { kind: 'withdrawn' }
    if (beforeWrite && !(await beforeWrite())) return { kind: 'withdrawn' }
    const outcome = await write(client, chatId, part)
    if (outcome.kind === 'retry_after') limiter.pause(chatId, outcome.seconds)
    return outcome
  }
}

async function write(client: KamihiTelegram, chatId: number, part: OutgoingPart): Promise<SendOutcome> {
  try {
    const { message_id: messageId } = await client.callApi('sendMessage', payloadOf(chatId, part))
    return { kind: 'sent', messageId }
  } catch (error) {
    return outcomeOfError(error)
  }
}

function payloadOf(
  chatId: number,
  { text, entities, replyMarkup, linkPreview }: OutgoingPart,
): Opts<'sendMessage'> {
  return {
    chat_id: chatId,
    text,
    ...(entities.length > 0 ? { entities } : {}),
    ...(replyMarkup === undefined ? {} : { reply_markup: replyMarkup }),
    ...(linkPreview === false ? { link_preview_options: { is_disabled: true } } : {}),
  } as Opts<'sendMessage'>
}
