import type { World } from '../../world/world.ts'
import { badRequest, FieldError } from '../answer.ts'
import { inObject, isObject, textField } from '../input/json.ts'
import { method } from '../method.ts'
import { flag, integer, json, text } from '../params.ts'
import { tooOld } from './callbacks.ts'

/** How long an inline query waits for its answer. The real time is unpublished. */
const inlineWindowMs = 60_000

export const inlineMethods = [
  /** Taken and recorded; nobody chooses among the results. */
  method(
    'answerInlineQuery',
    {
      inline_query_id: text,
      results: json,
      cache_time: integer,
      is_personal: flag,
      next_offset: text,
      button: json,
    },
    (world, { inline_query_id: id = '', results }) => {
      checkResults(results)
      takeQuery(world, id)
      return true
    },
  ),
]

/** @throws BotApiError in the words of Client.cpp, `get_inline_query_results` */
function checkResults(given: unknown): void {
  const results = given === '' ? [] : readResults(given ?? [])
  if (!Array.isArray(results)) throw badRequest('Expected an Array of inline query results')
  if (results.length > 50) throw badRequest('Too many inline query results specified')
  for (const result of results) inObject('inline query result', () => checkResult(result))
}

function readResults(given: unknown): unknown {
  try {
    return typeof given === 'string' ? (JSON.parse(given) as unknown) : given
  } catch {
    throw badRequest("Can't parse JSON encoded inline query results")
  }
}

/** What a result holds is not modelled. */
function checkResult(result: unknown): void {
  if (!isObject(result)) throw new FieldError('Inline query result must be an object')
  textField(result, 'type')
  textField(result, 'id')
}

/** @throws BotApiError when the query is unknown, answered or too old */
function takeQuery(world: World, id: string): void {
  const query = world.inlineQueries.get(id)
  world.inlineQueries.delete(id)
  if (!query || world.now() - query.at > inlineWindowMs) throw tooOld()
}
