import { randomInt } from 'node:crypto'
import { pollObject } from '../../objects/objects.ts'
import type { Poll } from '../../shapes/media.ts'
import { changePoll, closeInTime, hasPoll } from '../../world/polls.ts'
import { addUpdate, seconds, type World } from '../../world/world.ts'
import { messageOf, writable } from '../access.ts'
import { badRequest } from '../answer.ts'
import { formatted } from '../input/formattedText.ts'
import { isObject, parsedJson } from '../input/json.ts'
import { inlineMarkup } from '../input/replyMarkup.ts'
import { method } from '../method.ts'
import { chatId, flag, integer, json, messageId, text } from '../params.ts'
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
    const sent = sendOne(world, params, { text: '', entities: [], media: { kind: 'poll', poll } })
    const message = world.messages.find(sent.chat.id, sent.message_id)
    if (hasPoll(message))
      closeInTime(world, message, (closed) => addUpdate(world, { poll: pollObject(world, closed) }))
    return sent
  }),
  method('stopPoll', { chat_id: chatId, message_id: messageId, reply_markup: json }, (world, params) => {
    const target = writable(world, params.chat_id)
    const message = messageOf(world, target, params.message_id, 'message with poll to stop')
    if (!hasPoll(message) || message.from !== 'bot') throw badRequest("message can't be edited")
    if (message.media.poll.is_closed) throw badRequest('poll has already been closed')
    const markup = inlineMarkup(params.reply_markup)
    const closed = changePoll(world, message, { is_closed: true })
    if (markup) world.messages.change(closed, { replyMarkup: markup })
    const poll = pollObject(world, closed.media.poll)
    addUpdate(world, { poll })
    return poll
  }),
]

interface PollParams {
  question?: string
  question_parse_mode?: string
  question_entities?: unknown
  options?: unknown
  is_anonymous?: boolean
  type?: string
  allows_multiple_answers?: boolean
  allows_revoting?: boolean
  correct_option_id?: number
  correct_option_ids?: unknown
  explanation?: string
  explanation_parse_mode?: string
  explanation_entities?: unknown
  open_period?: number
  close_date?: number
  is_closed?: boolean
}

/** @throws BotApiError when a length or number is not within what the Bot API allows (sendPoll) */
function pollOf(params: PollParams): Poll {
  const { type = 'regular', is_anonymous = true } = params
  if (type !== 'regular' && type !== 'quiz') throw badRequest('unsupported poll type specified')
  const question = formatted({
    text: params.question,
    parse_mode: params.question_parse_mode,
    entities: params.question_entities,
  })
  if (question.text === '') throw badRequest('poll question must be non-empty')
  if (question.text.length > 300) throw badRequest('poll question length must not exceed 300')
  return {
    id: String(randomInt(1e12, 9e12)),
    question: question.text,
    ...(question.entities.length > 0 ? { question_entities: question.entities } : {}),
    options: optionsOf(params.options),
    total_voter_count: 0,
    is_closed: params.is_closed ?? false,
    is_anonymous,
    type,
    allows_multiple_answers: type === 'regular' && (params.allows_multiple_answers ?? false),
    allows_revoting: params.allows_revoting ?? type === 'regular',
    members_only: false,
    ...(type === 'quiz' ? quizOf(params) : {}),
  }
}

function optionsOf(given: unknown): Poll['options'] {
  const options = parsedJson(given ?? [], 'options')
  if (!Array.isArray(options)) throw badRequest('expected an Array of String as options')
  if (options.length === 0) throw badRequest('poll must have at least 1 answer option')
  if (options.length > 12) throw badRequest("poll can't have more than 12 options")
  return options.map((option: unknown, index) => {
    const label = isObject(option) ? option.text : option
    if (typeof label !== 'string') throw badRequest('expected an option to be of type String')
    if (label === '') throw badRequest('poll options must be non-empty')
    if (label.length > 100) throw badRequest('poll options length must not exceed 100')
    return { persistent_id: String(index), text: label, voter_count: 0 }
  })
}

function quizOf(
  params: PollParams,
): Pick<Poll, 'correct_option_ids' | 'explanation' | 'explanation_entities'> {
  const ids = parsedJson(
    params.correct_option_ids ?? [params.correct_option_id ?? -1],
    'correct option identifiers',
  )
  if (!Array.isArray(ids)) throw badRequest('expected an Array of correct option identifiers')
  if (ids.length === 0 || ids.some((id) => typeof id !== 'number' || id < 0))
    throw badRequest('wrong correct option ID specified')
  const { text: explanation, entities } = formatted({
    text: params.explanation,
    parse_mode: params.explanation_parse_mode,
    entities: params.explanation_entities,
  })
  if (explanation.length > 200) throw badRequest('message is too long')
  return {
    correct_option_ids: ids as number[],
    ...(explanation ? { explanation } : {}),
    ...(entities.length > 0 ? { explanation_entities: entities } : {}),
  }
}

function closing(
  world: World,
  { open_period: period, close_date: date }: PollParams,
): Pick<Poll, 'open_period' | 'close_date'> {
  if (period) return { open_period: period, close_date: seconds(world.now()) + period }
  return date ? { close_date: date } : {}
}
