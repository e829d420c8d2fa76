import type { RequestListener } from 'node:http'
import {
  Api,
  type Context,
  fromPath,
  InlineKeyboardBuilder,
  InputFile,
  MediaGroupBuilder,
  NetworkError,
  Bot as NodeBot,
  nodeFrameworkWebhook,
  ReplyKeyboardBuilder,
  TelegramApiError,
} from 'node-telegram-bot-api/node'
import type {
  Asking,
  Bot,
  Buttons,
  Driver,
  EditExtra,
  Extra,
  File,
  Heard,
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

export const nodeTelegramBotApiDriver: Driver = {
  createBot: (server) => botOf(createNodeBot(server), server),
  refusalOf(error) {
    if (!(error instanceof TelegramApiError)) return null
    const { errorCode: code, description, parameters = {} } = error
    return { code, description, parameters }
  },
  isConnectionError: (error) => error instanceof NetworkError,
}

/** Without retries, so that a refusal is seen; an error in a handler ends it, where it would only be printed. */
const createNodeBot = ({ url, token }: Server) =>
  new NodeBot(token, { apiRoot: url, maxRetries: 0 }).catch((error) => {
    throw error
  })

const botOf = (bot: NodeBot, server: Server): Bot => ({
  ...listening(bot),
  ...running(bot),
  ...sending(bot),
  ...asking(bot, server),
})

const listening = (bot: NodeBot): Listening => ({
  onCommand(name, handle) {
    bot.command(name, (context) => handle(heard(context)))
  },
  onMessage(handle) {
    bot.on('message', (context) => handle(heard(context)))
  },
  onPress(handle) {
    bot.on('callback_query', (context) => {
      const { data = '', message } = context.callbackQuery ?? {}
      return handle({
        data,
        messageId: message?.message_id ?? 0,
        answer: (text) => context.answerCallbackQuery({ text }),
        edit: (text, extra) =>
          context.api.editMessageText({
            chat_id: message?.chat.id ?? 0,
            message_id: message?.message_id ?? 0,
            text,
            ...editExtraOf(extra),
          }),
      })
    })
  },
  on(kind, handle) {
    bot.on(kind, (context) => handle((context.update as unknown as Updates)[kind]))
  },
})

function heard(context: Context): Heard {
  const { message } = context
  if (!message) throw new Error('It is not a message.')
  return { message, reply: (text, extra) => context.reply(text, extraOf(extra)) }
}

const running = (bot: NodeBot): Running => ({
  startPolling(allowed) {
    const ended = bot.startPolling(undefined, allowed ? { allowedUpdates: allowed } : {})
    const stop = async () => {
      bot.stop()
      await ended
    }
    return { ended, stop }
  },
  /** Paths are a matter of whoever has the server. */
  webhookListener: ({ secret }) => nodeFrameworkWebhook(bot, { secretToken: secret }) as RequestListener,
})

const sending = ({ api }: NodeBot): Sending => ({
  sendText: (chat_id, text, extra) => api.sendMessage({ chat_id, text, ...extraOf(extra) }),
  editText: (chat_id, message_id, text, extra) =>
    api.editMessageText({ chat_id, message_id, text, ...editExtraOf(extra) }),
  editButtons: (chat_id, message_id, buttons) =>
    api.editMessageReplyMarkup({ chat_id, message_id, ...editExtraOf(buttons ? { buttons } : {}) }),
  sendPhoto: async (chat_id, file, caption) =>
    api.sendPhoto({ chat_id, photo: await inputOf(file), ...(caption === undefined ? {} : { caption }) }),
  sendDocument: async (chat_id, file) => api.sendDocument({ chat_id, document: await inputOf(file) }),
  sendAlbum(chat_id, files, caption) {
    const album = new MediaGroupBuilder()
    for (const [index, { bytes, name }] of files.entries())
      album.photo({
        media: new InputFile(bytes, { filename: name }),
        ...(index === 0 ? { caption } : {}),
      })
    return api.sendMediaGroup({ chat_id, media: album.build() })
  },
  sendLocation: (chat_id, latitude, longitude) => api.sendLocation({ chat_id, latitude, longitude }),
  sendContact: (chat_id, phone_number, first_name) => api.sendContact({ chat_id, phone_number, first_name }),
  sendPoll: (chat_id, question, options) =>
    api.sendPoll({ chat_id, question, options: options.map((text) => ({ text })), is_anonymous: false }),
  stopPoll: (chat_id, message_id) => api.stopPoll({ chat_id, message_id }),
  react: (chat_id, message_id, emoji) =>
    api.setMessageReaction({ chat_id, message_id, reaction: [{ type: 'emoji', emoji }] }),
})

/** What has no function is for those who extend the client: its `request` is protected. */
class WiderApi extends Api {
  call(method: string): Promise<unknown> {
    return this.request(method)
  }
}

const asking = ({ api }: NodeBot, { url, token }: Server): Asking => ({
  getUpdates: () => api.getUpdates(),
  setWebhook: (address, secret_token) => api.setWebhook({ url: address, secret_token }),
  deleteWebhook: () => api.deleteWebhook(),
  webhookError: async () => (await api.getWebhookInfo()).last_error_message,
  /** It makes no link by itself; the address is that of the Bot API (core.telegram.org/bots/api#getfile). */
  async download(file_id) {
    const { file_path: path } = await api.getFile({ file_id })
    const answer = await fetch(`${url}/file/bot${token}/${path}`)
    return Buffer.from(await answer.arrayBuffer())
  },
  memberStatus: async (chat_id, user_id) => (await api.getChatMember({ chat_id, user_id })).status,
  setCommands: (commands, onlyIn) => api.setMyCommands({ commands, ...scopeOf(onlyIn) }),
  commands: (onlyIn) => api.getMyCommands(scopeOf(onlyIn)),
  callAny: (method) => new WiderApi(token, { apiRoot: url, maxRetries: 0 }).call(method),
  sendInvoice: (chat_id) =>
    api.sendInvoice({
      chat_id,
      title: 'Tea',
      description: 'A cup',
      payload: 'tea',
      currency: 'XTR',
      prices: [{ label: 'Tea', amount: 1 }],
    }),
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

function inlineKeyboard(buttons: Buttons) {
  const keyboard = new InlineKeyboardBuilder()
  for (const row of buttons) {
    for (const [label, data] of row) keyboard.text(label, data)
    keyboard.row()
  }
  return keyboard.build()
}

function markupOf(keyboard: Keyboard) {
  if (keyboard === 'remove') return { remove_keyboard: true as const }
  const builder = new ReplyKeyboardBuilder()
  if ('askContact' in keyboard) return builder.requestContact(keyboard.askContact).build()
  if ('askLocation' in keyboard) return builder.requestLocation(keyboard.askLocation).build()
  for (const row of keyboard.rows) {
    for (const label of row) builder.text(label)
    builder.row()
  }
  return builder.build({ resize_keyboard: true })
}

async function inputOf(file: File) {
  if ('id' in file) return file.id
  return 'path' in file ? fromPath(file.path) : new InputFile(file.bytes, { filename: file.name })
}
