import type { Kamihi, Plugin } from '@kamihi/core'
import type { EmulatorClock } from '@kamihi/telegram-emulator'

const key = 'emulator.time'

/**
 * A time that was moved forward is kept: what the database holds of it, such as the next run of a job, would lie in the future else.
 * Goes on from there at once.
 */
export async function keepTime(kamihi: Kamihi, clock: EmulatorClock): Promise<Plugin> {
  const { store, logger } = kamihi
  const left = Number((await store.settings.get(key)) ?? 0)
  if (left > clock.now()) clock.advance(left - clock.now())
  let stopListening = () => {}
  return {
    name: 'emulator-time',
    async start() {
      stopListening = clock.onMove(() => {
        store.settings
          .set(key, String(clock.now()))
          .catch((error: unknown) => logger.warning({ err: error }, 'The time of the emulator was not kept'))
      })
    },
    async stop() {
      stopListening()
    },
  }
}
