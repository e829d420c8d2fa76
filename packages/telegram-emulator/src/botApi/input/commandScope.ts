import type { World } from '../../world/world.ts'
import { accessible } from '../access.ts'
import { badRequest, FieldError } from '../answer.ts'
import { inObject, integerField, isObject, type JsonObject, parsedJson, textField } from './json.ts'
import { checkLanguage } from './language.ts'

/** For whom commands are (Client.cpp, `get_bot_command_scope`). */

interface Scoped {
  scope?: unknown
  language_code?: string
}

/** `default/`, `chat:1001/es` or `chat_member:-5:1001/`. @throws BotApiError when the scope is wrong */
export function scopeKey(world: World, { scope: given, language_code: language = '' }: Scoped): string {
  const isGiven = given !== undefined && given !== ''
  const scope = isGiven ? readScope(parsedJson(given, 'BotCommandScope')) : { type: 'default' }
  const key = [scope.type, ...placeOf(world, scope)].join(':')
  checkLanguage(language)
  return `${key}/${language}`
}

interface Scope {
  type: string
  chatId?: string
  userId?: number
}

const plainScopes = ['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators']

const readScope = (scope: unknown): Scope =>
  inObject('BotCommandScope', () => {
    if (!isObject(scope)) throw new FieldError('BotCommandScope must be an Object')
    const type = textField(scope, 'type')
    if (plainScopes.includes(type)) return { type }
    if (!['chat', 'chat_administrators', 'chat_member'].includes(type))
      throw new FieldError('Unsupported type specified')
    const chatId = textField(scope, 'chat_id')
    if (chatId === '') throw new FieldError('Empty chat_id specified')
    return { type, chatId, ...(type === 'chat_member' ? { userId: memberIn(scope) } : {}) }
  })

function memberIn(scope: JsonObject): number {
  const id = integerField(scope, 'user_id')
  if (id <= 0) throw new FieldError('Invalid user_id specified')
  return id
}

/** @throws BotApiError when there can be no such commands in the chat (td, BotCommandScope.cpp) */
function placeOf(world: World, { type, chatId, userId }: Scope): number[] {
  if (chatId === undefined) return []
  const target = accessible(world, chatId, 'members')
  if (target.user && type !== 'chat') throw badRequest("Can't use specified scope in private chats")
  if (target.chat?.type === 'channel') throw badRequest("Can't change commands in channel chats")
  return userId === undefined ? [target.id] : [target.id, userId]
}
