import type { User } from '@kamihi/contracts'
import type { Store } from '@kamihi/store'

/** The user, when this person may use the action now; null for strangers and for those without the right, which look alike. */
export async function authorize(
  users: Store['users'],
  telegramId: number,
  action: string,
): Promise<User | null> {
  const user = await users.getByTelegramId(telegramId)
  return user && (await users.mayUse(user.id, action)) ? user : null
}
