import type { Kamihi, Plugin } from '@kamihi/core'
import type { Jobs } from '@kamihi/jobs'
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

/** Back in real time, with a token: jobs that were last placed in a time moved forward are placed anew, or they would wait for it. */
export async function leaveTime({ store, clock }: Kamihi, jobs: Jobs): Promise<void> {
  const left = Number((await store.settings.get(key)) ?? 0)
  if (left === 0) return
  const change = { actor: { kind: 'system' as const, id: null, name: 'clock' }, now: clock.now() }
  for (const { id, version, enabled } of await everyItem(store.jobs.list))
    if (enabled && left > clock.now()) await jobs.update(id, version, { enabled }, change)
  await store.settings.set(key, '0')
}
