import type { TelegramMessage } from '@gramio/types'
import { messageObject } from '../objects/objects.ts'
import type { Media, MessageEntity } from '../shapes/media.ts'
import type { EmulatedMessage, ReplyMarkup } from '../shapes/messages.ts'
import type { World } from '../world/world.ts'
import { accessible, type Target, writable } from './access.ts'
import { badRequest, tooMany } from './answer.ts'
import { integerField, isObject, optionalFlag, optionalText, parsedJson } from './input/json.ts'
import { replyMarkup } from './input/replyMarkup.ts'
import { chatId, flag, integer, json } from './params.ts'

/** What every method that sends takes. */
export const sendParams = {
  chat_id: chatId,
  message_thread_id: integer,
  disable_notification: flag,
  protect_content: flag,
  allow_paid_broadcast: flag,
  reply_parameters: json,
  reply_to_message_id: integer,
  allow_sending_without_reply: flag,
  reply_markup: json,
}

export interface SendParams {
  chat_id: number | string
  protect_content?: boolean
  allow_paid_broadcast?: boolean
  reply_parameters?: unknown
  reply_to_message_id?: number
  allow_sending_without_reply?: boolean
  reply_markup?: unknown
}

export interface Content {
  text: string
  entities: MessageEntity[]
  media?: Media
  look?: NonNullable<EmulatedMessage['look']>
  albumId?: string
  forwarded?: NonNullable<EmulatedMessage['forwarded']>
}

/** Sends one message. @throws BotApiError in Telegram's words */
export function sendOne(world: World, params: SendParams, content: Content): TelegramMessage {
  const [message] = sendAll(world, params, [content])
  return messageObject(world, message as EmulatedMessage)
}

/** Sends what belongs together; flood limits count each message, and either all are sent or none. */
export function sendAll(world: World, params: SendParams, contents: Content[]): EmulatedMessage[] {
  const target = writable(world, params.chat_id)
  const markup = replyMarkup(params.reply_markup, target.user !== undefined)
  const replyTo = answered(world, target, params)
  passFlood(world, target.id, contents.length, params.allow_paid_broadcast)
  return contents.map((content) =>
    world.messages.add({
      ...content,
      ...senderOf(world, target),
      chatId: target.id,
      ...extras(params, markup, replyTo),
    }),
  )
}

const senderOf = (world: World, target: Target): Pick<EmulatedMessage, 'from' | 'senderId'> => ({
  from: 'bot',
  senderId: target.chat?.type === 'channel' ? target.id : world.bot.id,
})

const extras = (
  params: SendParams,
  markup: ReplyMarkup | undefined,
  replyTo: number | undefined,
): Pick<EmulatedMessage, 'replyMarkup' | 'replyTo' | 'protectContent'> => ({
  ...(markup ? { replyMarkup: markup } : {}),
  ...(replyTo === undefined ? {} : { replyTo }),
  ...(params.protect_content ? { protectContent: true } : {}),
})

/** @throws BotApiError 429 when messages come too fast */
export function passFlood(world: World, id: number, count: number, paid = false): void {
  const verdict = world.flood.check({ chatId: id, count, paid })
  if (verdict.kind === 'refused') throw tooMany(verdict.retryAfter)
}

/** The message that is answered, if it is in this chat: one of another chat is looked for, but not shown as answered. */
function answered(world: World, target: Target, params: SendParams): number | undefined {
  const { id, chatId: elsewhere, optional } = replyOf(params)
  if (id <= 0) return undefined
  const place = elsewhere === undefined ? target : accessible(world, elsewhere, 'read')
  if (world.messages.find(place.id, id)) return place.id === target.id ? id : undefined
  if (optional) return undefined
  throw badRequest('message to be replied not found')
}

interface Reply {
  /** 0 when nothing is answered. */
  id: number
  chatId?: string
  optional: boolean
}

/** Client.cpp, `get_reply_parameters`. */
function replyOf(params: SendParams): Reply {
  if (params.reply_parameters === undefined)
    return { id: params.reply_to_message_id ?? 0, optional: params.allow_sending_without_reply === true }
  if (params.reply_parameters === '') return { id: 0, optional: false }
  const parameters = parsedJson(params.reply_parameters, 'reply parameters')
  if (!isObject(parameters)) throw badRequest('object expected as reply parameters')
  if (Object.keys(parameters).length === 0) return { id: 0, optional: false }
  const elsewhere = optionalText(parameters, 'chat_id')
  return {
    id: integerField(parameters, 'message_id'),
    ...(elsewhere ? { chatId: elsewhere } : {}),
    optional: optionalFlag(parameters, 'allow_sending_without_reply'),
  }
}
