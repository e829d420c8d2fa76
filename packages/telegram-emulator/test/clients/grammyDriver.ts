import {
  Bot as GrammyBot,
  GrammyError,
  HttpError,
  InlineKeyboard,
  InputFile,
  InputMediaBuilder,
  Keyboard as ReplyKeyboard,
  webhookCallback,
} from 'grammy'
import type {
  Asking,
  Bot,
  Buttons,
  Driver,
  EditExtra,
  Extra,
  File,
  Keyboard,
  Listening,
  Running,
  Sending,
  Updates,
} from './driver.ts'

interface Server {
  url: string
  token: string
}

export const grammyDriver: Driver = {
  createBot: (server) => botOf(new GrammyBot(server.token, { client: { apiRoot: server.url } }), server),
  refusalOf(error) {
    if (!(error instanceof GrammyError)) return null
    const { error_code: code, description, parameters } = error
    return { code, description, parameters }
  },
  isConnectionError: (error) => error instanceof HttpError,
}

const botOf = (bot: GrammyBot, server: Server): Bot => ({
  ...listening(bot),
  ...running(bot),
  ...sending(bot),
  ...asking(bot, server),
})

const listening = (bot: GrammyBot): Listening => ({
  onCommand(name, handle) {
    bot.command(name, (context) =>
      handle({ message: context.msg, reply: (text, extra) => context.reply(text, extraOf(extra)) }),
    )
  },
  onMessage(handle) {
    bot.on('message', (context) =>
      handle({ message: context.message, reply: (text, extra) => context.reply(text, extraOf(extra)) }),
    )
  },
  onPress(handle) {
    bot.on('callback_query:data', (context) =>
      handle({
        data: context.callbackQuery.data,
        messageId: context.msgId ?? 0,
        answer: (text) => context.answerCallbackQuery(text),
        edit: (text, extra) => context.editMessageText(text, editExtraOf(extra)),
      }),
    )
  },
  on(kind, handle) {
    bot.on(kind, (context) => handle((context.update as unknown as Updates)[kind]))
  },
})

const running = (bot: GrammyBot): Running => ({
  startPolling(allowed) {
    const ended = bot.start(allowed ? { allowed_updates: allowed } : {})
    const stop = async () => {
      await bot.stop()
      await ended
    }
    return { ended, stop }
  },
  /** Paths are a matter of whoever has the server. */
  webhookListener: ({ secret }) => webhookCallback(bot, 'http', { secretToken: secret }),
})

const sending = ({ api }: GrammyBot): Sending => ({
  sendText: (chatId, text, extra) => api.sendMessage(chatId, text, extraOf(extra)),
  editText: (chatId, messageId, text, extra) =>
    api.editMessageText(chatId, messageId, text, editExtraOf(extra)),
  editButtons: (chatId, messageId, buttons) =>
    api.editMessageReplyMarkup(chatId, messageId, editExtraOf(buttons ? { buttons } : {})),
  sendPhoto: (chatId, file, caption) =>
    api.sendPhoto(chatId, inputOf(file), caption === undefined ? {} : { caption }),
  sendDocument: (chatId, file) => api.sendDocument(chatId, inputOf(file)),
  sendAlbum: (chatId, files, caption) =>
    api.sendMediaGroup(
      chatId,
      files.map(({ bytes, name }, index) =>
        InputMediaBuilder.photo(new InputFile(bytes, name), index === 0 ? { caption } : {}),
      ),
    ),
  sendLocation: (chatId, latitude, longitude) => api.sendLocation(chatId, latitude, longitude),
  sendContact: (chatId, phoneNumber, firstName) => api.sendContact(chatId, phoneNumber, firstName),
  sendPoll: (chatId, question, options) => api.sendPoll(chatId, question, options, { is_anonymous: false }),
  stopPoll: (chatId, messageId) => api.stopPoll(chatId, messageId),
  react: (chatId, messageId, emoji) => api.setMessageReaction(chatId, messageId, [{ type: 'emoji', emoji }]),
})

const asking = ({ api }: GrammyBot, { url, token }: Server): Asking => ({
  getUpdates: () => api.getUpdates(),
  setWebhook: (address, secret) => api.setWebhook(address, { secret_token: secret }),
  deleteWebhook: () => api.deleteWebhook(),
  webhookError: async () => (await api.getWebhookInfo()).last_error_message,
  /** It makes no link by itself (grammy.dev/guide/files#receiving-files). */
  async download(fileId) {
    const { file_path: path } = await api.getFile(fileId)
    const answer = await fetch(`${url}/file/bot${token}/${path}`)
    return Buffer.from(await answer.arrayBuffer())
  },
  memberStatus: async (chatId, userId) => (await api.getChatMember(chatId, userId)).status,
  setCommands: (commands, onlyIn) => api.setMyCommands(commands, scopeOf(onlyIn)),
  commands: (onlyIn) => api.getMyCommands(scopeOf(onlyIn)),
  callAny: (method) =>
    (api.raw as unknown as Record<string, () => Promise<unknown>>)[method]?.() as Promise<unknown>,
  sendInvoice: (chatId) =>
    api.sendInvoice(chatId, 'Tea', 'A cup', 'tea', 'XTR', [{ label: 'Tea', amount: 1 }]),
})

const scopeOf = (chatId: number | undefined) =>
  chatId === undefined ? {} : { scope: { type: 'chat' as const, chat_id: chatId } }

const extraOf = ({ keyboard, replyTo, ...extra }: Extra = {}) => ({
  ...editExtraOf(extra),
  ...(keyboard ? { reply_markup: markupOf(keyboard) } : {}),
  ...(replyTo ? { reply_parameters: { message_id: replyTo } } : {}),
})

const editExtraOf = ({ parseMode, buttons }: EditExtra = {}) => ({
  ...(parseMode ? { parse_mode: parseMode } : {}),
  ...(buttons ? { reply_markup: inlineKeyboard(buttons) } : {}),
})

const inlineKeyboard = (buttons: Buttons) =>
  InlineKeyboard.from(buttons.map((row) => row.map(([label, data]) => InlineKeyboard.text(label, data))))

function markupOf(keyboard: Keyboard) {
  if (keyboard === 'remove') return { remove_keyboard: true as const }
  if ('askContact' in keyboard) return new ReplyKeyboard().requestContact(keyboard.askContact)
  if ('askLocation' in keyboard) return new ReplyKeyboard().requestLocation(keyboard.askLocation)
  return ReplyKeyboard.from(keyboard.rows).resized()
}

function inputOf(file: File) {
  if ('id' in file) return file.id
  return 'path' in file ? new InputFile(file.path) : new InputFile(file.bytes, file.name)
}
