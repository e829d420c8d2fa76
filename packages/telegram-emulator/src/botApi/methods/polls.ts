import { closePollInTime } from '../../acts/polls.ts'
import { pollObject } from '../../objects/objects.ts'
import type { Poll } from '../../shapes/media.ts'
import { changePoll, hasPoll } from '../../world/polls.ts'
import { addUpdate, seconds, type World } from '../../world/world.ts'
import { accessible, messageOf, writable } from '../access.ts'
import { badRequest } from '../answer.ts'
import { pollOf } from '../input/poll.ts'
import { inlineMarkup } from '../input/replyMarkup.ts'
import { method } from '../method.ts'
import { chatId, flag, integer, json, text } from '../params.ts'
import { sendOne, sendParams } from '../send.ts'

const pollParams = {
  ...sendParams,
  question: text,
  question_parse_mode: text,
  question_entities: json,
  options: json,
  is_anonymous: flag,
  type: text,
  allows_multiple_answers: flag,
  allows_revoting: flag,
  correct_option_id: integer,
  correct_option_ids: json,
  explanation: text,
  explanation_parse_mode: text,
  explanation_entities: json,
  open_period: integer,
  close_date: integer,
  is_closed: flag,
}

export const pollMethods = [
  method('sendPoll', pollParams, (world, params) => {
    const poll = { ...pollOf(params), ...closing(world, params) }
    const { chat } = writable(world, params.chat_id)
    if (chat?.type === 'channel' && !poll.is_anonymous)
      throw badRequest("Non-anonymous polls can't be sent to channel chats")
    const sent = sendOne(world, params, { text: '', entities: [], media: { kind: 'poll', poll } })
    closePollInTime(world, world.messages.find(sent.chat.id, sent.message_id))
    return sent
  }),
  method('stopPoll', { chat_id: chatId, message_id: integer, reply_markup: json }, (world, params) => {
    const markup = inlineMarkup(params.reply_markup)
    const target = accessible(world, params.chat_id, 'edit')
    const message = messageOf(world, target, params.message_id, 'message with poll to stop')
    if (!hasPoll(message)) throw badRequest('Message is not a poll')
    if (message.media.poll.is_closed) throw badRequest('Poll has already been closed')
    if (message.from !== 'bot' || message.forwarded) throw badRequest("Poll can't be stopped")
    const closed = changePoll(world, message, { is_closed: true })
    if (markup) world.messages.change(closed, { replyMarkup: markup })
    const poll = pollObject(world, closed.media.poll)
    addUpdate(world, { poll })
    return poll
  }),
]

/** Seconds (Client.cpp, `process_send_poll_query`). */
const longestPeriod = 2_628_000

function closing(
  world: World,
  { open_period: given = 0, close_date: date }: { open_period?: number; close_date?: number },
): Pick<Poll, 'open_period' | 'close_date'> {
  const period = Math.min(Math.max(given, 0), longestPeriod)
  if (period > 0) return { open_period: period, close_date: seconds(world.now()) + period }
  return date ? { close_date: date } : {}
}
