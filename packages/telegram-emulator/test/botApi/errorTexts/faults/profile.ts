import { ana } from '../../bot.ts'
import { asked, chats, type Row } from '../world.ts'

const commands = (list: unknown, more: object = {}) => ({ commands: list, ...more })
const one = (command: unknown, description: unknown = 'D') => commands([{ command, description }])
const scoped = (scope: unknown) => ({ scope })
const menu = (menu_button: unknown, more: object = {}) => ({ menu_button, ...more })
const wrongScope = "Bad Request: can't parse BotCommandScope:"
const wrongMenu = "Bad Request: can't parse menu button:"
const app = { type: 'web_app', text: 'A', web_app: { url: 'https://a.dev' } }

/** What Telegram says where the emulator says something else. */
export const profileFaults: Row[] = [
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
  ['a menu that is empty', 'setChatMenuButton', menu({}), 400, `${wrongMenu} Can't find field "type"`],
  [
    'a menu without app',
    'setChatMenuButton',
    menu({ ...app, web_app: undefined }),
    400,
    `${wrongMenu} Can't find field "web_app"`,
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
  // Client.cpp, `process_set_chat_menu_button_query` and `process_get_chat_menu_button_query`
  [
    'a menu for a group',
    'setChatMenuButton',
    menu(app, { chat_id: chats.led }),
    400,
    'Bad Request: invalid chat_id specified',
  ],
  ['the menu of nobody', 'getChatMenuButton', { chat_id: 99 }, 400, 'Bad Request: user not found'],
  // Client.cpp, `get_inline_query_result`
  [
    'a result that is none',
    'answerInlineQuery',
    async (bot) => ({ inline_query_id: await asked(bot), results: [5] }),
    400,
    "Bad Request: can't parse inline query result: Inline query result must be an object",
  ],
]
