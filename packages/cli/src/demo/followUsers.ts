import type { Kamihi, Plugin } from '@kamihi/core'
import { everyItem } from '@kamihi/store'
import type { EmulatorControl } from '@kamihi/telegram-emulator'

/** Whoever is a user of the bot is also a person of the chat page, and has pressed Start. */
export function followUsers(kamihi: Kamihi, control: EmulatorControl): Plugin {
  const known = new Set<number>()
  let stopListening = () => {}
  const addMissing = async (): Promise<void> => {
    for (const user of await everyItem(kamihi.store.users.list)) {
      if (known.has(user.telegramId)) continue
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
      await addMissing()
      stopListening = kamihi.events.on((event) => {
        if (event.type === 'users.changed')
          addMissing().catch((error: unknown) =>
            kamihi.logger.warning({ err: error }, 'The chat page could not add a person'),
          )
      })
    },
    async stop() {
      stopListening()
    },
  }
}
