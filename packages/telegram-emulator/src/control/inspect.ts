import { commandsFor } from '../botApi/methods/commands.ts'
import type { EmulatedMessage } from '../shapes/messages.ts'
import type { World } from '../world/world.ts'
import type { EmulatorControl, InspectControl } from './control.ts'
import { noSuchMessage } from './noSuchMessage.ts'

export const inspectControl = (world: World): InspectControl => ({
  messages: async (chatId) => world.messages.list(chatId),
  waitForMessage: (chatId, match, options) => waitForMessage(world, chatId, match, options),
  calls: async ({ method, chatId } = {}) =>
    world.calls
      .list()
      .filter((call) => !method || call.method.toLowerCase() === method.toLowerCase())
      .filter((call) => chatId === undefined || Number(call.params.chat_id) === chatId),
  commandsFor: async (userId, where) => commandsFor(world, userId, where?.chatId),
  bot: async () => ({
    ...world.bot,
    firstName: world.profile.name.get('') ?? world.bot.firstName,
    token: world.token,
  }),
})

type Wait = Parameters<EmulatorControl['waitForMessage']>

function waitForMessage(
  world: World,
  chatId: Wait[0],
  match: Wait[1],
  { timeoutMs = 15_000, afterMessageId = 0 }: Wait[2] = {},
): Promise<EmulatedMessage> {
  const fits = (message: EmulatedMessage) =>
    message.chatId === chatId && message.messageId > afterMessageId && match(message)
  const there = world.messages.list(chatId).find(fits)
  if (there) return Promise.resolve(there)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      unlisten()
      reject(noSuchMessage(chatId, timeoutMs, world.messages.list(chatId)))
    }, timeoutMs)
    const unlisten = world.listen((event) => {
      if ((event.type !== 'message' && event.type !== 'edited') || !fits(event.message)) return
      clearTimeout(timer)
      unlisten()
      // Once the call that made it is recorded too.
      setImmediate(() => resolve(event.message))
    })
  })
}
