import type { EmulatorControl } from './control.ts'
import { controlCalls } from './controlApi.ts'
import type { EmulatedMessage } from './types.ts'

/** The control of an emulator in another process, by its address. */
export function createControlClient(url: string): EmulatorControl {
  const call = async (name: string, args: unknown[]): Promise<unknown> => {
    const response = await fetch(`${url.replace(/\/$/, '')}/_emu/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(args),
    })
    const { result, error } = (await response.json()) as { result?: unknown; error?: string }
    if (error !== undefined) throw new Error(error)
    return result ?? undefined
  }
  const plain = Object.fromEntries(
    controlCalls.map((name) => [name, (...args: unknown[]) => call(name, args)]),
  )
  const control = plain as unknown as EmulatorControl
  return { ...control, waitForMessage: (userId, match, options) => poll(control, userId, match, options) }
}

async function poll(
  control: EmulatorControl,
  userId: number,
  match: (message: EmulatedMessage) => boolean,
  { timeoutMs = 15_000, afterMessageId = 0 } = {},
): Promise<EmulatedMessage> {
  const until = performance.now() + timeoutMs
  for (;;) {
    const messages = await control.messages(userId)
    const found = messages.find((message) => message.messageId > afterMessageId && match(message))
    if (found) return found
    if (performance.now() > until)
      throw new Error(
        `No such message for ${userId} within ${timeoutMs} ms; the last one is ${JSON.stringify(messages.at(-1)?.text ?? null)}.`,
      )
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
