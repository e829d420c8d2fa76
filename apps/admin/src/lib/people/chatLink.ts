import { numberOf } from './userNames.ts'

/** The chat of somebody in the emulator; null: there is no emulator, or their number is kept from who asks. */
export function chatLink(chatUrl: string | null, person: { telegramId: number }): string | null {
  const number = numberOf(person)
  if (chatUrl === null || number === null) return null
  const chat = new URL(chatUrl)
  chat.searchParams.set('person', String(number))
  return chat.href
}
