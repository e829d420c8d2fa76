import type { Kamihi, Plugin } from '@kamihi/core'
import { everyItem } from '@kamihi/store'
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

/**
 * Back in real time, with a token: jobs that were last placed in a time moved forward would wait for it. Without a next time they are
 * placed anew when the scheduler starts.
 */
export async function leaveTime({ store, clock }: Pick<Kamihi, 'store' | 'clock'>): Promise<void> {
  const left = Number((await store.settings.get(key)) ?? 0)
  if (left === 0) return
  for (const { id, version, enabled } of await everyItem(store.jobs.list))
    if (enabled && left > clock.now()) await store.jobs.reschedule(id, version, null)
  await store.settings.set(key, '0')
}
