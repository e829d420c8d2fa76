import type { Poll } from '../../shapes/media.ts'
import type { ParsedText } from '../../text/parseText.ts'
import { badRequest } from '../answer.ts'
import { formatted, isLonger } from './formattedText.ts'
import { parsedJson } from './json.ts'

interface QuizParams {
  correct_option_id?: number
  correct_option_ids?: unknown
  explanation?: string
  explanation_parse_mode?: string
  explanation_entities?: unknown
}

/** What makes a poll a quiz; read, but not yet checked. */
interface Quiz {
  ids: number[]
  explanation: ParsedText
}

/** @throws BotApiError in the words of Client.cpp, `process_send_poll_query` */
export const readQuiz = (params: QuizParams): Quiz => ({
  explanation: formatted({
    text: params.explanation,
    parse_mode: params.explanation_parse_mode,
    entities: params.explanation_entities,
  }),
  ids: answersOf(params),
})

function answersOf({ correct_option_id: id, correct_option_ids: given }: QuizParams): number[] {
  if (given === undefined) return id === undefined ? [] : [id]
  const ids = parsedJson(given, 'correct option identifiers')
  if (!Array.isArray(ids)) throw badRequest('Expected an Array of correct option identifiers')
  return ids.map((each: unknown) => {
    if (typeof each !== 'number') throw badRequest('Correct option identifier must be of type Number')
    if (!Number.isInteger(each)) throw badRequest('Invalid correct option identifier specified')
    return each
  })
}

type QuizFields = Pick<Poll, 'correct_option_ids' | 'explanation' | 'explanation_entities'>

/** @throws BotApiError in the words of td, PollManager.cpp, `check_quiz_correct_option_ids` */
export function quizOf({ ids, explanation }: Quiz, options: number): QuizFields {
  if (ids.length === 0) throw badRequest('Correct quiz option list must be non-empty')
  if (ids.some((id, index) => index > 0 && id <= Number(ids[index - 1])))
    throw badRequest('Correct quiz option list must be increasing')
  if (ids.some((id) => id < 0 || id >= options)) throw badRequest('Wrong quiz correct_option_id')
  const { text, entities } = explanation
  if (isLonger(text, 200)) throw badRequest('message is too long')
  return {
    correct_option_ids: ids,
    ...(text ? { explanation: text } : {}),
    ...(entities.length > 0 ? { explanation_entities: entities } : {}),
  }
}
