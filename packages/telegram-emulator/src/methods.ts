import type { Flood } from './flood.ts'
import { addMessage, emit, findMessage, type State } from './state.ts'
import { badRequest, botObject, chatObject, forbidden, messageObject, tooMany } from './telegram.ts'
import { ParseError } from './text/builder.ts'
import { foundEntities } from './text/foundEntities.ts'
import { inOrder, type ParsedText, parseText, trimmed } from './text/parseText.ts'
import type { Command, EmulatedUser, MessageEntity, ReplyMarkup } from './types.ts'

type Params = Record<string, unknown>
type Method = (state: State, params: Params, flood: Flood | null) => unknown

const longestText = 4096

/** The methods that are modelled, but for the two that wait or belong to the transport (getUpdates, webhooks). */
export const methods: Record<string, Method> = {
  getme: (state) => ({
    ...botObject(state),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  }),
  getwebhookinfo: (state) => ({
    url: '',
    has_custom_certificate: false,
    pending_update_count: state.updates.length,
  }),
  deletewebhook: () => true,
  logout: () => true,
  close: () => true,
  sendmessage: sendMessage,
  editmessagetext: editMessageText,
  editmessagereplymarkup: editMessageReplyMarkup,
  deletemessage: deleteMessage,
  answercallbackquery: answerCallbackQuery,
  sendchataction: sendChatAction,
  setmycommands: setMyCommands,
  getmycommands: (state, params) => state.commands.get(scopeOf(params)) ?? [],
  deletemycommands: (state, params) => {
    state.commands.delete(scopeOf(params))
    emit(state, { type: 'commands' })
    return true
  },
  getchat: (state, params) => chatObject(recipient(state, params)),
}

function sendMessage(state: State, params: Params, flood: Flood | null) {
  const user = recipient(state, params)
  if (user.blocked) throw forbidden('bot was blocked by the user')
  if (!user.started) throw forbidden("bot can't initiate conversation with a user")
  const { text, entities } = contentOf(params)
  const replyMarkup = checkMarkup(params)
  const wait = flood?.check(user.id) ?? 0
  if (wait > 0) throw tooMany(wait)
  const message = addMessage(state, {
    chatId: user.id,
    from: 'bot',
    text,
    entities,
    ...(replyMarkup ? { replyMarkup } : {}),
  })
  return messageObject(state, message)
}

function editMessageText(state: State, params: Params) {
  const message = ownMessage(state, params, 'edit')
  const { text, entities } = contentOf(params)
  const replyMarkup = checkMarkup(params)
  const same =
    message.text === text &&
    JSON.stringify(message.entities) === JSON.stringify(entities) &&
    JSON.stringify(message.replyMarkup ?? null) === JSON.stringify(replyMarkup ?? null)
  if (same)
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  message.text = text
  message.entities = entities
  setMarkup(message, replyMarkup)
  message.editedAt = Math.floor(state.now() / 1000)
  emit(state, { type: 'edited', message })
  return messageObject(state, message)
}

function editMessageReplyMarkup(state: State, params: Params) {
  const message = ownMessage(state, params, 'edit')
  setMarkup(message, checkMarkup(params))
  emit(state, { type: 'edited', message })
  return messageObject(state, message)
}

function setMarkup(message: { replyMarkup?: ReplyMarkup }, markup: ReplyMarkup | null): void {
  if (markup) message.replyMarkup = markup
  else delete message.replyMarkup
}

function deleteMessage(state: State, params: Params) {
  const { chatId, messageId } = ownMessage(state, params, 'delete')
  const chat = state.chats.get(chatId)
  if (chat) chat.messages = chat.messages.filter((message) => message.messageId !== messageId)
  emit(state, { type: 'deleted', chatId, messageId })
  return true
}

function answerCallbackQuery(state: State, params: Params) {
  const id = String(params.callback_query_id ?? '')
  const callback = state.callbacks.get(id)
  if (!callback) throw badRequest('query is too old and response timeout expired or query ID is invalid')
  const text = String(params.text ?? '')
  if (text.length > 200) throw badRequest('MESSAGE_TOO_LONG')
  state.callbacks.delete(id)
  emit(state, { type: 'answered', userId: callback.userId, text, alert: params.show_alert === true })
  return true
}

function sendChatAction(state: State, params: Params) {
  const user = recipient(state, params)
  if (user.blocked) throw forbidden('bot was blocked by the user')
  emit(state, { type: 'typing', chatId: user.id })
  return true
}

function setMyCommands(state: State, params: Params) {
  const commands = (Array.isArray(params.commands) ? params.commands : []) as Command[]
  if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  for (const { command, description } of commands) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
    if (!description || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  }
  state.commands.set(scopeOf(params), commands)
  emit(state, { type: 'commands' })
  return true
}

const scopeOf = ({ scope }: Params): string => {
  const { type = 'default', chat_id: chatId } = (scope ?? {}) as { type?: string; chat_id?: number }
  return chatId === undefined ? type : `chat:${chatId}`
}

/** The menu of a person: that of their chat, else of private chats, else the default one. */
export const commandsFor = (state: State, userId: number): Command[] =>
  state.commands.get(`chat:${userId}`) ??
  state.commands.get('all_private_chats') ??
  state.commands.get('default') ??
  []

function recipient(state: State, params: Params): EmulatedUser {
  const id = params.chat_id
  if (id === undefined || id === '') throw badRequest('chat_id is empty')
  const user = state.users.get(Number(id))
  if (!user) throw badRequest('chat not found')
  return user
}

function ownMessage(state: State, params: Params, verb: 'edit' | 'delete') {
  const user = recipient(state, params)
  const message = findMessage(state, user.id, Number(params.message_id))
  if (!message) throw badRequest(`message to ${verb} not found`)
  if (verb === 'edit' && message.from !== 'bot') throw badRequest("message can't be edited")
  return message
}

/** The text of a message as it will be shown: marks parsed or entities checked, and what Telegram marks by itself. */
function contentOf(params: Params): ParsedText {
  const source = typeof params.text === 'string' ? params.text : ''
  const { text, entities } = params.parse_mode
    ? parsed(source, String(params.parse_mode))
    : trimmed({ text: source, entities: checkEntities(params, source) })
  if (text === '') throw badRequest('message text is empty')
  if (text.length > longestText) throw badRequest('message is too long')
  return { text, entities: inOrder([...entities, ...foundEntities(text, entities)]) }
}

function parsed(source: string, mode: string): ParsedText {
  try {
    const content = parseText(source, mode)
    if (!content) throw badRequest('unsupported parse_mode')
    return content
  } catch (error) {
    if (error instanceof ParseError) throw badRequest(`can't parse entities: ${error.message}`)
    throw error
  }
}

function checkEntities(params: Params, text: string): MessageEntity[] {
  const entities = (Array.isArray(params.entities) ? params.entities : []) as MessageEntity[]
  for (const { offset, length } of entities) {
    if (
      !Number.isInteger(offset) ||
      !Number.isInteger(length) ||
      offset < 0 ||
      length < 1 ||
      offset + length > text.length
    )
      throw badRequest('entity is out of bounds of the text')
  }
  return entities
}

function checkMarkup(params: Params): ReplyMarkup | null {
  const markup = params.reply_markup as ReplyMarkup | undefined
  if (!markup) return null
  for (const button of (markup.inline_keyboard ?? []).flat()) {
    if (!button.text) throw badRequest('inline keyboard button text is empty')
    const bytes = Buffer.byteLength(button.callback_data ?? 'x')
    if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID')
  }
  return markup
}

/** Methods of the Bot API that exist but are not modelled yet: these answer 501, others 404. */
export const knownMethods = new Set(
  `setWebhook forwardMessage copyMessage sendPhoto sendDocument sendVideo sendAudio sendVoice sendAnimation sendVideoNote sendSticker sendLocation sendVenue
  sendContact sendDice sendPoll sendMediaGroup editMessageCaption editMessageMedia editMessageLiveLocation stopMessageLiveLocation stopPoll deleteMessages
  pinChatMessage unpinChatMessage getFile setChatMenuButton getChatMenuButton setMyName getMyName setMyDescription getMyDescription setMyShortDescription
  getMyShortDescription getChatMember getChatMemberCount getChatAdministrators leaveChat setMessageReaction getUserProfilePhotos answerInlineQuery`
    .split(/\s+/)
    .map((name) => name.toLowerCase()),
)
