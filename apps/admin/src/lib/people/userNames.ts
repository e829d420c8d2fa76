import type { Texts } from '../../texts/index.ts'
import * as t from '../../texts/index.ts'

interface Named {
  name: string | null
  telegramId: number
}

/** The number of somebody on Telegram; null: it is kept from viewers, who get 0. */
export const numberOf = ({ telegramId }: Pick<Named, 'telegramId'>): number | null =>
  telegramId === 0 ? null : telegramId

/** How a person is called: by name, else by number. */
export function nameOfUser(
  user: Named,
  words: Pick<Texts['people'], 'nameless' | 'unnamed'> = t.people,
): string {
  const number = numberOf(user)
  return user.name ?? (number === null ? words.nameless : words.unnamed(number))
}
