import { Input, Markup, Telegraf, TelegramError } from 'telegraf'
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
  Message,
  Running,
  Sending,
  Updates,
} from './driver.ts'

export const telegrafDriver: Driver = {
  createBot: ({ url, token }) => botOf(new Telegraf(token, { telegram: { apiRoot: url } })),
  refusalOf(error) {
    if (!(error instanceof TelegramError)) return null
    const { code, description, parameters = {} } = error
    return { code, description, parameters }
  },
  // It lets the error of node-fetch through, whose class it does not export.
  isConnectionError: (error) => error instanceof Error && error.name === 'FetchError',
}

const botOf = (bot: Telegraf): Bot => ({
  ...listening(bot),
  ...running(bot),
  ...sending(bot),
  ...asking(bot),
})

const listening = (bot: Telegraf): Listening => ({
  onCommand(name, handle) {
    bot.command(name, (context) =>
      handle({
        message: context.message,
        reply: (text, extra) => context.reply(text, extraOf(extra)),
      }),
    )
  },
  onMessage(handle) {
    bot.on('message', (context) =>
      handle({
        message: context.message as Message,
        reply: (text, extra) => context.reply(text, extraOf(extra)),
      }),
    )
  },
  onPress(handle) {
    bot.on('callback_query', (context) =>
      handle({
        data: 'data' in context.callbackQuery ? context.callbackQuery.data : '',
        messageId: context.callbackQuery.message?.message_id ?? 0,
        answer: (text) => context.answerCbQuery(text),
        edit: (text, extra) => context.editMessageText(text, editExtraOf(extra)),
      }),
    )
  },
  on(kind, handle) {
    bot.on(kind, (context) => handle((context.update as unknown as Updates)[kind]))
  },
})

const running = (bot: Telegraf): Running => ({
  startPolling(allowed) {
    const ended = bot.launch(allowed ? { allowedUpdates: allowed } : {})
    const stop = async () => {
      bot.stop()
      await ended
    }
    return { ended, stop }
  },
  webhookListener: ({ path, secret }) => bot.webhookCallback(path, { secretToken: secret }),
})

const sending = ({ telegram }: Telegraf): Sending => ({
  sendText: (chatId, text, extra) => telegram.sendMessage(chatId, text, extraOf(extra)),
  editText: (chatId, messageId, text, extra) =>
    telegram.editMessageText(chatId, messageId, undefined, text, editExtraOf(extra)),
  editButtons: (chatId, messageId, buttons) =>
    telegram.editMessageReplyMarkup(
      chatId,
      messageId,
      undefined,
      buttons && inlineKeyboard(buttons).reply_markup,
    ),
  sendPhoto: (chatId, file, caption) =>
    telegram.sendPhoto(chatId, inputOf(file), caption === undefined ? {} : { caption }),
  sendDocument: (chatId, file) => telegram.sendDocument(chatId, inputOf(file)),
  sendAlbum: (chatId, files, caption) =>
    telegram.sendMediaGroup(
      chatId,
      files.map((file, index) => ({
        type: 'photo' as const,
        media: Input.fromBuffer(file.bytes, file.name),
        ...(index === 0 ? { caption } : {}),
      })),
    ),
  sendLocation: (chatId, latitude, longitude) => telegram.sendLocation(chatId, latitude, longitude),
  sendContact: (chatId, phoneNumber, firstName) => telegram.sendContact(chatId, phoneNumber, firstName),
  sendPoll: (chatId, question, options) =>
    telegram.sendPoll(chatId, question, options, { is_anonymous: false }),
  stopPoll: (chatId, messageId) => telegram.stopPoll(chatId, messageId),
  react: (chatId, messageId, emoji) =>
    telegram.setMessageReaction(chatId, messageId, [{ type: 'emoji', emoji }]),
})

const asking = ({ telegram }: Telegraf): Asking => ({
  getUpdates: () => telegram.getUpdates(0, 100, 0, undefined),
  setWebhook: (url, secret) => telegram.setWebhook(url, { secret_token: secret }),
  deleteWebhook: () => telegram.deleteWebhook(),
  webhookError: async () => (await telegram.getWebhookInfo()).last_error_message,
  async download(fileId) {
    const answer = await fetch(await telegram.getFileLink(fileId))
    return Buffer.from(await answer.arrayBuffer())
  },
  memberStatus: async (chatId, userId) => (await telegram.getChatMember(chatId, userId)).status,
  setCommands: (commands, onlyIn) => telegram.setMyCommands(commands, scopeOf(onlyIn)),
  commands: (onlyIn) => telegram.getMyCommands(scopeOf(onlyIn)),
  callAny: (method) => telegram.callApi(method as 'getMe', {}),
  sendInvoice: (chatId) =>
    telegram.sendInvoice(chatId, {
      title: 'Tea',
      description: 'A cup',
      payload: 'tea',
      provider_token: '',
      currency: 'XTR',
      prices: [{ label: 'Tea', amount: 1 }],
    }),
})

const scopeOf = (chatId: number | undefined) =>
  chatId === undefined ? {} : { scope: { type: 'chat' as const, chat_id: chatId } }

const extraOf = ({ keyboard, replyTo, ...extra }: Extra = {}) => ({
  ...editExtraOf(extra),
  ...(keyboard ? markupOf(keyboard) : {}),
  ...(replyTo ? { reply_parameters: { message_id: replyTo } } : {}),
})

const editExtraOf = ({ parseMode, buttons }: EditExtra = {}) => ({
  ...(parseMode ? { parse_mode: parseMode } : {}),
  ...(buttons ? inlineKeyboard(buttons) : {}),
})

const inlineKeyboard = (buttons: Buttons) =>
  Markup.inlineKeyboard(buttons.map((row) => row.map(([label, data]) => Markup.button.callback(label, data))))

function markupOf(keyboard: Keyboard) {
  if (keyboard === 'remove') return Markup.removeKeyboard()
  if ('askContact' in keyboard) return Markup.keyboard([[Markup.button.contactRequest(keyboard.askContact)]])
  if ('askLocation' in keyboard)
    return Markup.keyboard([[Markup.button.locationRequest(keyboard.askLocation)]])
  return Markup.keyboard(keyboard.rows).resize()
}

function inputOf(file: File) {
  if ('id' in file) return Input.fromFileId(file.id)
  return 'path' in file ? Input.fromLocalFile(file.path) : Input.fromBuffer(file.bytes, file.name)
}
