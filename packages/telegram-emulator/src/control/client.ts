import type { EmulatedMessage } from '../shapes/messages.ts'
import { argumentNames } from './argumentNames.ts'
import type { EmulatorControl } from './control.ts'
import { noSuchMessage } from './noSuchMessage.ts'

/** The control of an emulator in another process, by its address. @throws Error of each call in one sentence when it is refused */
export function createControlClient(url: string): EmulatorControl {
  const base = url.replace(/\/$/, '')
  const call = async (name: string, names: readonly string[], args: unknown[]): Promise<unknown> => {
    const response = await fetch(`${base}/_emu/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(names.map((each, index) => [each, args[index]]))),
    })
    const { result, error } = (await response.json()) as { result?: unknown; error?: string }
    if (error !== undefined) throw new Error(error)
    return result ?? undefined
  }
  const remote = Object.fromEntries(
    Object.entries(argumentNames).map(([name, names]) => [
      name,
      (...args: unknown[]) => call(name, names, args),
    ]),
  ) as unknown as EmulatorControl
  return {
    ...remote,
    waitForMessage: (chatId, match, options) => waitForMessage(remote, chatId, match, options),
  }
}

const everyMs = 50

async function waitForMessage(
  control: EmulatorControl,
  chatId: number,
  match: (message: EmulatedMessage) => boolean,
  { timeoutMs = 15_000, afterMessageId = 0 } = {},
): Promise<EmulatedMessage> {
  const until = performance.now() + timeoutMs
  for (;;) {
    const messages = await control.messages(chatId)
    const found = messages.find((message) => message.messageId > afterMessageId && match(message))
    if (found) return found
    if (performance.now() > until) throw noSuchMessage(chatId, timeoutMs, messages)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
