import { isReaction, setReaction } from '../../acts/press.ts'
import { accessible, messageOf } from '../access.ts'
import { badRequest } from '../answer.ts'
import { inObject, isObject, parsedJson, textField } from '../input/json.ts'
import { method } from '../method.ts'
import { chatId, flag, integer, json } from '../params.ts'

export const reactionMethods = [
  method(
    'setMessageReaction',
    { chat_id: chatId, message_id: integer, reaction: json, is_big: flag },
    (world, params) => {
      const target = accessible(world, params.chat_id, 'read')
      const message = messageOf(world, target, params.message_id, 'message to react')
      setReaction(world, message, world.bot.id, emojiOf(params.reaction))
      return true
    },
  ),
]

/** A bot may set one reaction, of the kind emoji (Bot API, setMessageReaction). */
function emojiOf(given: unknown): string | null {
  const reactions = parsedJson(given ?? [], 'reaction types')
  if (!Array.isArray(reactions)) throw badRequest('expected an Array of ReactionType')
  if (reactions.length > 1) throw badRequest('REACTIONS_TOO_MANY')
  const [reaction] = reactions as unknown[]
  if (reaction === undefined) return null
  if (!isObject(reaction)) throw badRequest("can't parse ReactionType: expected an Object")
  if (reaction.type !== 'emoji') throw badRequest("can't parse ReactionType: invalid reaction type specified")
  const emoji = inObject('ReactionType', () => textField(reaction, 'emoji'))
  if (!isReaction(emoji)) throw badRequest('REACTION_INVALID')
  return emoji
}
