import type { Command } from '../../shapes/people.ts'
import { isAdmin, statusOf } from '../../world/chats.ts'
import type { World } from '../../world/world.ts'
import { findTarget } from '../access.ts'
import { badRequest } from '../answer.ts'
import { FieldError, inObject, isObject, type JsonObject, parsedJson, textField } from '../input/json.ts'
import { method } from '../method.ts'
import { json, text, toInteger } from '../params.ts'

/** Bot API, setMyCommands and BotCommand. */
const mostCommands = 100

export const commandMethods = [
  method('setMyCommands', { commands: json, scope: json, language_code: text }, (world, params) => {
    world.profile.commands.set(keyOf(world, params), commandsOf(params.commands))
    world.emit({ type: 'commands' })
    return true
  }),
  method('getMyCommands', { scope: json, language_code: text }, (world, params) => [
    ...(world.profile.commands.get(keyOf(world, params)) ?? []),
  ]),
  method('deleteMyCommands', { scope: json, language_code: text }, (world, params) => {
    world.profile.commands.delete(keyOf(world, params))
    world.emit({ type: 'commands' })
    return true
  }),
]

function commandsOf(given: unknown): Command[] {
  const list = parsedJson(given ?? [], 'commands')
  if (!Array.isArray(list)) throw badRequest('expected an Array of BotCommand')
  if (list.length > mostCommands) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  const commands = list.map((each: unknown) => inObject('BotCommand', () => commandOf(each)))
  const names = new Set(commands.map(({ command }) => command))
  if (names.size < commands.length) throw badRequest('BOT_COMMAND_DUPLICATE')
  return commands
}

function commandOf(value: unknown): Command {
  if (!isObject(value)) throw new FieldError('expected an Object')
  const command = textField(value, 'command').replace(/^\//, '')
  const description = textField(value, 'description').trim()
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
  if (description === '' || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  return { command, description }
}

interface Scoped {
  scope?: unknown
  language_code?: string
}

const plainScopes = ['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators']

/** `default/`, `chat:1001/es` or `chat_member:-5:1001/`. @throws BotApiError when the scope is wrong */
function keyOf(world: World, { scope, language_code: language = '' }: Scoped): string {
  if (language && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified')
  const given = parsedJson(scope ?? { type: 'default' }, 'BotCommandScope')
  return `${inObject('BotCommandScope', () => scopeName(world, given))}/${language}`
}

function scopeName(world: World, scope: unknown): string {
  if (!isObject(scope)) throw new FieldError('BotCommandScope must be an Object')
  const type = textField(scope, 'type')
  if (plainScopes.includes(type)) return type
  if (!['chat', 'chat_administrators', 'chat_member'].includes(type))
    throw new FieldError('unsupported type specified')
  return [type, chatIn(world, scope), ...(type === 'chat_member' ? [memberIn(scope)] : [])].join(':')
}

function chatIn(world: World, scope: JsonObject): number {
  const id = textField(scope, 'chat_id')
  if (id === '') throw new FieldError('empty chat_id specified')
  return findTarget(world, id).id
}

function memberIn(scope: JsonObject): number {
  const id = toInteger(scope.user_id)
  if (id <= 0) throw new FieldError('invalid user_id specified')
  return id
}

/** The menu that a person sees: of all scopes that fit, the closest one that has commands (Bot API, "Determining list of commands"). */
export function commandsFor(world: World, userId: number, chatId: number = userId): Command[] {
  const chat = world.chats.get(chatId)
  const admin = chat && isAdmin(statusOf(chat, userId))
  const scopes = chat
    ? [
        `chat_member:${chatId}:${userId}`,
        ...(admin ? [`chat_administrators:${chatId}`] : []),
        `chat:${chatId}`,
        ...(admin ? ['all_chat_administrators'] : []),
        'all_group_chats',
        'default',
      ]
    : [`chat:${chatId}`, 'all_private_chats', 'default']
  const language = world.users.get(userId)?.languageCode ?? 'en'
  const keys = scopes.flatMap((scope) => [`${scope}/${language}`, `${scope}/`])
  for (const key of keys) {
    const commands = world.profile.commands.get(key)
    if (commands) return commands
  }
  return []
}
