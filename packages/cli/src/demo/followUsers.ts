import type { Kamihi, Plugin } from '@kamihi/core'
import { everyItem } from '@kamihi/store'
import type { EmulatorControl } from '@kamihi/telegram-emulator'

/** Whoever is a user of the bot is also a person of the chat page, and has pressed Start. */
export function followUsers(kamihi: Kamihi, control: EmulatorControl): Plugin {
  const known = new Set<number>()
  let stopListening = () => {}
  const { users } = kamihi.store
  const addMissing = async (ids: string[]): Promise<void> => {
    const changed = ids.length === 0 ? await everyItem(users.list) : await Promise.all(ids.map(users.get))
    for (const user of changed) {
      if (!user || known.has(user.telegramId)) continue
      known.add(user.telegramId)
      await control.addUser({
        id: user.telegramId,
        firstName: user.name ?? `User ${user.telegramId}`,
        started: true,
      })
    }
  }
  return {
    name: 'emulator-people',
    async start() {
      await addMissing([])
      stopListening = kamihi.events.on((event) => {
        if (event.type === 'users.changed')
          addMissing(event.ids).catch((error: unknown) =>
            kamihi.logger.warning({ err: error }, 'The chat page could not add a person'),
          )
      })
    },
    async stop() {
      stopListening()
    },
  }
}
