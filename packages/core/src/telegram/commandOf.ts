import type { Message } from 'telegraf/types'

/** The command of a message in lower case: its first entity, at its very beginning; `/x@other_bot` is for another. */
export function commandOf(
  message: Pick<Message.TextMessage, 'text' | 'entities'>,
  botUsername: string | null,
): string | 'for_another' | null {
  const first = message.entities?.[0]
  if (first?.type !== 'bot_command' || first.offset !== 0) return null
  const [command = '', addressee] = message.text.slice(1, first.length).toLowerCase().split('@')
  return addressee !== undefined && addressee !== botUsername?.toLowerCase() ? 'for_another' : command
}
