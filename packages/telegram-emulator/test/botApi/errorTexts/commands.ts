import { ana } from '../bot.ts'
import { chats, type Row } from './world.ts'

const commands = (list: unknown, more: object = {}) => ({ commands: list, ...more })
const one = (command: unknown, description: unknown = 'D') => commands([{ command, description }])
const scoped = (scope: unknown) => ({ scope })
const wrongScope = "Bad Request: can't parse BotCommandScope:"

/** Commands, and for whom they are. */
export const commandRows: Row[] = [
  // tdutils, JsonBuilder.cpp: an inner sentence keeps its capital
  [
    'a command without name',
    'setMyCommands',
    commands([{}]),
    400,
    'Bad Request: can\'t parse BotCommand: Can\'t find field "command"',
  ],
  ['a scope of no type', 'getMyCommands', scoped({}), 400, `${wrongScope} Can't find field "type"`],
  [
    'an unknown scope',
    'getMyCommands',
    scoped({ type: 'x' }),
    400,
    `${wrongScope} Unsupported type specified`,
  ],
  [
    'a scope of an empty chat',
    'getMyCommands',
    scoped({ type: 'chat', chat_id: '' }),
    400,
    `${wrongScope} Empty chat_id specified`,
  ],
  [
    'a scope of no member',
    'getMyCommands',
    scoped({ type: 'chat_member', chat_id: chats.led }),
    400,
    `${wrongScope} Can't find field "user_id"`,
  ],
  [
    'a scope of member 0',
    'getMyCommands',
    scoped({ type: 'chat_member', chat_id: chats.led, user_id: 0 }),
    400,
    `${wrongScope} Invalid user_id specified`,
  ],
  // td, BotCommand.cpp
  ['an empty command', 'setMyCommands', one('/'), 400, 'Bad Request: command must be non-empty'],
  [
    'a command of 33 letters',
    'setMyCommands',
    one('x'.repeat(33)),
    400,
    'Bad Request: command length must not exceed 32',
  ],
  [
    'a command without words',
    'setMyCommands',
    one('go', ' '),
    400,
    'Bad Request: command description must be non-empty',
  ],
  [
    'a command with many words',
    'setMyCommands',
    one('go', 'x'.repeat(257)),
    400,
    'Bad Request: command description length must not exceed 256',
  ],
  // td, BotCommandScope.cpp; Client.cpp, `check_bot_command_scope`
  [
    'administrators of a person',
    'setMyCommands',
    scoped({ type: 'chat_administrators', chat_id: ana }),
    400,
    "Bad Request: can't use specified scope in private chats",
  ],
  [
    'commands in a channel',
    'setMyCommands',
    scoped({ type: 'chat', chat_id: chats.channel }),
    400,
    "Bad Request: can't change commands in channel chats",
  ],
  [
    'commands where it was kicked',
    'setMyCommands',
    scoped({ type: 'chat', chat_id: chats.superKicked }),
    403,
    'Forbidden: bot was kicked from the supergroup chat',
  ],
]
