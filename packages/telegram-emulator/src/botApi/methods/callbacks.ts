import type { World } from '../../world/world.ts'
import { badRequest } from '../answer.ts'
import { isLonger } from '../input/formattedText.ts'
import { method } from '../method.ts'
import { flag, integer, text } from '../params.ts'

/** How long a button waits for its answer. The real time is unpublished; reports say from 15 s to a minute. */
export const callbackWindowMs = 60_000

export const callbackMethods = [
  method(
    'answerCallbackQuery',
    { callback_query_id: text, text, show_alert: flag, url: text, cache_time: integer },
    (world, params) => {
      const { callback_query_id: id = '', text: words = '', show_alert: alert = false, url } = params
      const userId = asker(world, id)
      if (isLonger(words, 200)) throw badRequest('MESSAGE_TOO_LONG')
      world.callbacks.delete(id)
      world.emit({ type: 'answered', userId, text: words, alert, ...(url ? { url } : {}) })
      return true
    },
  ),
]

export const tooOld = () => badRequest('query is too old and response timeout expired or query ID is invalid')

/** @throws BotApiError when the query is unknown, answered or too old */
function asker(world: World, id: string): number {
  const callback = world.callbacks.get(id)
  if (callback && world.now() - callback.at <= callbackWindowMs) return callback.userId
  world.callbacks.delete(id)
  throw tooOld()
}
