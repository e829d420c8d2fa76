import type { Command } from '../../shapes/people.ts'
import { isAdmin, statusOf } from '../../world/chats.ts'
import type { World } from '../../world/world.ts'
import { badRequest, FieldError } from '../answer.ts'
import { scopeKey } from '../input/commandScope.ts'
import { isLonger } from '../input/formattedText.ts'
import { inObject, isObject, parsedJson, textField } from '../input/json.ts'
import { method } from '../method.ts'
import { json, text } from '../params.ts'

/** Bot API, setMyCommands and BotCommand. */
const mostCommands = 100

export const commandMethods = [
  method('setMyCommands', { commands: json, scope: json, language_code: text }, (world, params) => {
    const commands = commandsOf(params.commands)
    world.profile.commands.set(scopeKey(world, params), checked(commands))
    world.emit({ type: 'commands' })
    return true
  }),
  method('getMyCommands', { scope: json, language_code: text }, (world, params) => [
    ...(world.profile.commands.get(scopeKey(world, params)) ?? []),
  ]),
  method('deleteMyCommands', { scope: json, language_code: text }, (world, params) => {
    world.profile.commands.delete(scopeKey(world, params))
    world.emit({ type: 'commands' })
    return true
  }),
]

function commandsOf(given: unknown): Command[] {
  if (given === undefined || given === '') return []
  const list = parsedJson(given, 'commands')
  if (!Array.isArray(list)) throw badRequest('Expected an Array of BotCommand')
  return list.map((each: unknown) => inObject('BotCommand', () => commandOf(each)))
}

function commandOf(value: unknown): Command {
  if (!isObject(value)) throw new FieldError('expected an Object')
  return { command: textField(value, 'command'), description: textField(value, 'description') }
}

/** Commands as they are kept. @throws BotApiError in the words of td, BotCommand.cpp, and of the server behind */
function checked(commands: Command[]): Command[] {
  const cleaned = commands.map(cleanedUp)
  if (cleaned.length > mostCommands) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  if (!cleaned.every(({ command }) => /^[a-z0-9_]+$/.test(command))) throw badRequest('BOT_COMMAND_INVALID')
  const names = new Set(cleaned.map(({ command }) => command))
  if (names.size < cleaned.length) throw badRequest('BOT_COMMAND_DUPLICATE')
  return cleaned
}

function cleanedUp(given: Command): Command {
  const command = given.command.trim().replace(/^\//, '')
  const description = given.description.trim()
  if (command === '') throw badRequest('Command must be non-empty')
  if (isLonger(command, 32)) throw badRequest('Command length must not exceed 32')
  if (description === '') throw badRequest('Command description must be non-empty')
  if (isLonger(description, 256)) throw badRequest('Command description length must not exceed 256')
  return { command, description }
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
