import type { Poll } from '../../shapes/media.ts'
import type { ParsedText } from '../../text/parseText.ts'
import { newId } from '../../world/newId.ts'
import { badRequest, FieldError } from '../answer.ts'
import { formatted, isLonger } from './formattedText.ts'
import { isObject, optionalText, parsedJson, textField } from './json.ts'
import { quizOf, readQuiz } from './quiz.ts'

export interface PollParams {
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
  is_closed?: boolean
}

/** Reads a poll (Client.cpp, `process_send_poll_query`) and then checks it (td, MessageContent.cpp). @throws BotApiError in their words */
export function pollOf(params: PollParams): Poll {
  const question = formatted({
    text: params.question,
    parse_mode: params.question_parse_mode,
    entities: params.question_entities,
  })
  const options = readOptions(params.options)
  const type = typeOf(params.type)
  const quiz = type === 'quiz' ? readQuiz(params) : null
  checkLength(question, 300, 'Poll question')
  checkOptions(options)
  return {
    id: newId(),
    question: question.text,
    ...(question.entities.length > 0 ? { question_entities: question.entities } : {}),
    options: options.map(({ text }, index) => ({ persistent_id: String(index), text, voter_count: 0 })),
    total_voter_count: 0,
    is_closed: params.is_closed ?? false,
    is_anonymous: params.is_anonymous ?? true,
    type,
    allows_multiple_answers: params.allows_multiple_answers ?? false,
    allows_revoting: params.allows_revoting ?? type === 'regular',
    members_only: false,
    ...(quiz ? quizOf(quiz, options.length) : {}),
  }
}

function typeOf(given = ''): Poll['type'] {
  if (given !== '' && given !== 'regular' && given !== 'quiz')
    throw badRequest('Unsupported poll type specified')
  return given || 'regular'
}

function checkLength({ text }: ParsedText, most: number, what: string): void {
  if (text === '') throw badRequest('Text must be non-empty')
  if (isLonger(text, most)) throw badRequest(`${what} length must not exceed ${most}`)
}

function readOptions(given: unknown): ParsedText[] {
  const options = parsedJson(given ?? '', 'options')
  if (!Array.isArray(options)) throw badRequest('Expected an Array of String as options')
  return options.map(readOption)
}

function readOption(option: unknown): ParsedText {
  if (typeof option === 'string') return formatted({ text: option })
  if (!isObject(option)) throw new FieldError('Expected an option to be of type String')
  return formatted({
    text: textField(option, 'text'),
    parse_mode: optionalText(option, 'text_parse_mode'),
    entities: option.text_entities,
  })
}

function checkOptions(options: ParsedText[]): void {
  if (options.length === 0) throw badRequest('Poll must have at least one answer option')
  if (options.length > 12) throw badRequest("Poll can't have more than 12 options")
  for (const option of options) checkLength(option, 100, 'Poll options')
}
