import { badRequest } from '../answer.ts'
import { parsedJson } from '../input/json.ts'
import { method } from '../method.ts'
import { flag, integer, json, text } from '../params.ts'

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
    (world, { inline_query_id: id = '', results: given }) => {
      if (!world.callbacks.delete(id))
        throw badRequest('query is too old and response timeout expired or query ID is invalid')
      const results = parsedJson(given ?? [], 'inline query results')
      if (!Array.isArray(results)) throw badRequest('expected an Array of inline query results')
      if (results.length > 50) throw badRequest('too many inline query results specified')
      return true
    },
  ),
]
