import type { MediaKind } from '../shapes/media.ts'
import type { EmulatedMessage } from '../shapes/messages.ts'
import { seconds, type World } from '../world/world.ts'
import { accessible, messageOf, type Target } from './access.ts'
import { badRequest } from './answer.ts'

/** Which messages a bot may edit; the rules and words are those of td, MessagesManager.cpp, `can_edit_message`. */

interface EditParams {
  chat_id?: number | string
  message_id?: number
}

/** A message whose content may be edited. @throws BotApiError when there is no such message, or it may not */
export function editable(world: World, params: EditParams): EmulatedMessage {
  const message = mine(world, params)
  if (!isEditableContent(world, message)) throw badRequest("message can't be edited")
  return message
}

/** A message whose buttons may be edited; almost any of the bot. @throws BotApiError */
export function mine(world: World, params: EditParams): EmulatedMessage {
  // Messages of inline mode are not modelled, so that no id can be theirs.
  if (params.chat_id === undefined && !params.message_id)
    throw badRequest('message identifier is not specified')
  const target = accessible(world, params.chat_id, 'edit')
  const message = messageOf(world, target, params.message_id, 'message to edit')
  if (!isOwn(target, message)) throw badRequest("message can't be edited")
  return message
}

/** In a channel an administrator may edit what others have posted. */
function isOwn({ chat }: Target, { from, service, forwarded, replyMarkup }: EmulatedMessage): boolean {
  const hasKeys = replyMarkup !== undefined && !replyMarkup.inline_keyboard
  return (from === 'bot' || chat?.type === 'channel') && !service && !forwarded && !hasKeys
}

const editableKinds: ReadonlySet<MediaKind> = new Set<MediaKind>([
  'animation',
  'audio',
  'document',
  'photo',
  'video',
  'voice',
])

function isEditableContent(world: World, message: EmulatedMessage): boolean {
  const { media } = message
  if (!media || editableKinds.has(media.kind)) return true
  if (media.kind === 'poll') return !media.poll.is_closed
  return media.kind === 'location' && isLive(world, message.date, media.location.live_period)
}

/** This period never ends (Bot API, sendLocation). */
const forEver = 0x7fffffff

const isLive = (world: World, since: number, period = 0): boolean =>
  period === forEver || seconds(world.now()) - since < period

/** Whether it has, or may have, a caption. */
export const hasCaption = ({ media }: EmulatedMessage): boolean =>
  media !== undefined && editableKinds.has(media.kind)

/** Whether another file may be put in its place; a voice stays what it is. */
export const isReplaceable = (message: EmulatedMessage): boolean =>
  !message.media || (hasCaption(message) && message.media.kind !== 'voice')
