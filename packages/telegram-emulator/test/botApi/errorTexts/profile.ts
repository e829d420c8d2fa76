import { asked, chats, pressed, type Row } from './world.ts'

const commands = (list: unknown, more: object = {}) => ({ commands: list, ...more })
const one = (command: unknown, description: unknown = 'D') => commands([{ command, description }])
const scoped = (scope: unknown) => ({ scope })
const menu = (menu_button: unknown, more: object = {}) => ({ menu_button, ...more })
const tooOld = 'Bad Request: query is too old and response timeout expired or query ID is invalid'
const wrongScope = "Bad Request: can't parse BotCommandScope:"
const wrongMenu = "Bad Request: can't parse menu button:"

const app = { type: 'web_app', text: 'A', web_app: { url: 'https://a.dev' } }

export const profile: Row[] = [
  // Client.cpp, `get_bot_commands`
  [
    'commands that are no JSON',
    'setMyCommands',
    commands('['),
    400,
    "Bad Request: can't parse commands JSON object",
  ],
  [
    'commands that are no list',
    'setMyCommands',
    commands({}),
    400,
    'Bad Request: expected an Array of BotCommand',
  ],
  [
    'a command that is none',
    'setMyCommands',
    commands([5]),
    400,
    "Bad Request: can't parse BotCommand: expected an Object",
  ],
  // Said by the server behind
  ['a command in capitals', 'setMyCommands', one('Go'), 400, 'Bad Request: BOT_COMMAND_INVALID'],
  [
    '101 commands',
    'setMyCommands',
    commands(Array(101).fill({ command: 'a', description: 'D' })),
    400,
    'Bad Request: BOT_COMMANDS_TOO_MUCH',
  ],
  [
    'a command twice',
    'setMyCommands',
    commands(Array(2).fill({ command: 'a', description: 'D' })),
    400,
    'Bad Request: BOT_COMMAND_DUPLICATE',
  ],
  // td, misc.cpp, `validate_bot_language_code`
  [
    'a language of three letters',
    'setMyCommands',
    commands([], { language_code: 'spa' }),
    400,
    'Bad Request: invalid language code specified',
  ],
  [
    'a language in capitals',
    'getMyCommands',
    { language_code: 'ES' },
    400,
    'Bad Request: invalid language code specified',
  ],
  // Client.cpp, `get_bot_command_scope` and `check_bot_command_scope`
  [
    'a scope that is no JSON',
    'deleteMyCommands',
    scoped('{'),
    400,
    "Bad Request: can't parse BotCommandScope JSON object",
  ],
  [
    'a scope that is a list',
    'getMyCommands',
    scoped([]),
    400,
    `${wrongScope} BotCommandScope must be an Object`,
  ],
  [
    'a scope of an unknown chat',
    'setMyCommands',
    scoped({ type: 'chat', chat_id: 99 }),
    400,
    'Bad Request: chat not found',
  ],

  // Client.cpp, `get_bot_menu_button` and `check_user`
  [
    'a menu that is no JSON',
    'setChatMenuButton',
    menu('{'),
    400,
    "Bad Request: can't parse menu button JSON object",
  ],
  ['a menu that is a list', 'setChatMenuButton', menu([]), 400, `${wrongMenu} MenuButton must be an Object`],
  [
    'a menu of no type',
    'setChatMenuButton',
    menu({ type: 'x' }),
    400,
    `${wrongMenu} MenuButton has unsupported type`,
  ],
  [
    'a menu for nobody',
    'setChatMenuButton',
    menu({ type: 'commands' }, { chat_id: 99 }),
    400,
    'Bad Request: user not found',
  ],

  // Said by the server behind; what it says is not known
  ['a long name', 'setMyName', { name: 'x'.repeat(65) }, 400, 'Bad Request: bot name is too long'],
  [
    'a long description',
    'setMyDescription',
    { description: 'x'.repeat(513) },
    400,
    'Bad Request: bot description is too long',
  ],
  [
    'a long short description',
    'setMyShortDescription',
    { short_description: 'x'.repeat(121) },
    400,
    'Bad Request: bot short description is too long',
  ],

  // Client.cpp, `fail_query_with_error`: QUERY_ID_INVALID
  ['no query', 'answerCallbackQuery', {}, 400, tooOld],
  ['an unknown query', 'answerCallbackQuery', { callback_query_id: '5' }, 400, tooOld],
  ['an unknown inline query', 'answerInlineQuery', { inline_query_id: '5', results: [] }, 400, tooOld],
  [
    'a long answer',
    'answerCallbackQuery',
    async (bot) => ({ callback_query_id: await pressed(bot), text: 'x'.repeat(201) }),
    400,
    'Bad Request: MESSAGE_TOO_LONG',
  ],
  // Client.cpp, `get_inline_query_results`
  [
    'results that are no list',
    'answerInlineQuery',
    async (bot) => ({ inline_query_id: await asked(bot), results: {} }),
    400,
    'Bad Request: expected an Array of inline query results',
  ],
  [
    '51 results',
    'answerInlineQuery',
    async (bot) => ({ inline_query_id: await asked(bot), results: Array(51).fill({}) }),
    400,
    'Bad Request: too many inline query results specified',
  ],
  // tdutils, JsonBuilder.cpp: an inner sentence keeps its capital
  ['a menu that is empty', 'setChatMenuButton', menu({}), 400, `${wrongMenu} Can't find field "type"`],
  [
    'a menu without app',
    'setChatMenuButton',
    menu({ ...app, web_app: undefined }),
    400,
    `${wrongMenu} Can't find field "web_app"`,
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
  // the same; of what is no JSON td says more, which differs from what is said here
  [
    'results that are no JSON',
    'answerInlineQuery',
    async (bot) => ({ inline_query_id: await asked(bot), results: '[' }),
    400,
    "Bad Request: can't parse JSON encoded inline query results",
  ],
]
