import { ana } from '../bot.ts'
import { messages, type Row } from './world.ts'

const say = (text: unknown, more: object = {}) => ({ chat_id: ana, text, ...more })
const marked = (...entities: unknown[]) => say('Marked', { entities })
const reply = (reply_parameters: unknown) => say('x', { reply_parameters })

export const text: Row[] = [
  // Client.cpp, `get_input_message_text` and `get_formatted_text`
  ['no text', 'sendMessage', { chat_id: ana }, 400, 'Bad Request: message text is empty'],
  ['empty text', 'sendMessage', say(''), 400, 'Bad Request: message text is empty'],
  [
    'an edit to nothing',
    'editMessageText',
    say('', { message_id: messages.text }),
    400,
    'Bad Request: message text is empty',
  ],
  ['text of 32 KiB', 'sendMessage', say('x'.repeat(32_769)), 400, 'Bad Request: text is too long'],
  [
    'an unknown mode',
    'sendMessage',
    say('x', { parse_mode: 'rtf' }),
    400,
    'Bad Request: unsupported parse_mode',
  ],
  // td, MessageContent.cpp
  ['a long text', 'sendMessage', say('x'.repeat(4097)), 400, 'Bad Request: message is too long'],
  [
    'a long text to edit',
    'editMessageText',
    say('x'.repeat(4097), { message_id: messages.text }),
    400,
    'Bad Request: message is too long',
  ],
  [
    'a long caption',
    'copyMessage',
    { chat_id: ana, from_chat_id: ana, message_id: messages.photo, caption: 'x'.repeat(1025) },
    400,
    'Bad Request: message caption is too long',
  ],
  [
    'a long caption to edit',
    'editMessageCaption',
    { chat_id: ana, message_id: messages.photo, caption: 'x'.repeat(1025) },
    400,
    'Bad Request: message caption is too long',
  ],

  // td, MessageEntity.cpp, `parse_markdown_v2`, `parse_markdown` and `parse_html`
  [
    'a reserved character',
    'sendMessage',
    say('A dot.', { parse_mode: 'MarkdownV2' }),
    400,
    "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
  ],
  [
    'bold without an end',
    'sendMessage',
    say('ñ *bold', { parse_mode: 'MarkdownV2' }),
    400,
    "Bad Request: can't parse entities: Can't find end of Bold entity at byte offset 3",
  ],
  [
    'old Markdown without an end',
    'sendMessage',
    say('a _b', { parse_mode: 'Markdown' }),
    400,
    "Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 2",
  ],
  [
    'an unknown tag',
    'sendMessage',
    say('<h1>A</h1>', { parse_mode: 'HTML' }),
    400,
    'Bad Request: can\'t parse entities: Unsupported start tag "h1" at byte offset 0',
  ],
  [
    'a tag without an end',
    'sendMessage',
    say('<b>A', { parse_mode: 'HTML' }),
    400,
    'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
  ],
  [
    'a wrong mark in a caption',
    'editMessageCaption',
    { chat_id: ana, message_id: messages.photo, caption: '<b>A', parse_mode: 'HTML' },
    400,
    'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
  ],

  // Client.cpp, `get_text_entity`
  [
    'an entity that is none',
    'sendMessage',
    marked(5),
    400,
    "Bad Request: can't parse MessageEntity: expected an Object",
  ],
  // td, MessageEntity.cpp, `clean_input_string_with_entities`
  [
    'an entity that goes on too long',
    'sendMessage',
    marked({ type: 'bold', offset: 2, length: 5 }),
    400,
    'Bad Request: entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 7',
  ],

  // Client.cpp, `get_reply_parameters` and `check_reply_parameters`
  [
    'a reply that is no JSON',
    'sendMessage',
    reply('{'),
    400,
    "Bad Request: can't parse reply parameters JSON object",
  ],
  [
    'a reply that is a list',
    'sendMessage',
    reply('[]'),
    400,
    'Bad Request: object expected as reply parameters',
  ],
  [
    'a reply to nothing',
    'sendMessage',
    reply({ message_id: 999 }),
    400,
    'Bad Request: message to be replied not found',
  ],
  [
    'a reply to nothing, as old bots say it',
    'sendMessage',
    say('x', { reply_to_message_id: 999 }),
    400,
    'Bad Request: message to be replied not found',
  ],
  // td, MessageEntity.cpp, `fix_formatted_text`
  ['white space', 'sendMessage', say(' \n '), 400, 'Bad Request: text must be non-empty'],
  [
    'nothing but marks',
    'sendMessage',
    say('<b></b>', { parse_mode: 'HTML' }),
    400,
    'Bad Request: text must be non-empty',
  ],
  // Client.cpp, `get_reply_parameters`
  [
    'a reply to what is not said',
    'sendMessage',
    reply({ quote: 'x' }),
    400,
    'Bad Request: can\'t find field "message_id"',
  ],
  // Client.cpp, `get_link_preview_options`
  [
    'a preview that is no JSON',
    'sendMessage',
    say('x', { link_preview_options: '{' }),
    400,
    "Bad Request: can't parse link preview options JSON object",
  ],
  [
    'a preview that is a list',
    'sendMessage',
    say('x', { link_preview_options: [] }),
    400,
    'Bad Request: object expected as link preview options',
  ],
  [
    'a preview that is switched off by a number',
    'sendMessage',
    say('x', { link_preview_options: { is_disabled: 1 } }),
    400,
    'Bad Request: field "is_disabled" must be of type Boolean',
  ],
]
