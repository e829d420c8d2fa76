import type { Kamihi, Plugin } from '@kamihi/core'
import type { EmulatorControl } from '@kamihi/telegram-emulator'

/** Tells the chat page which job runs next, so that one can jump there. */
export function announceDue(kamihi: Kamihi, control: EmulatorControl): Plugin {
  const { store, events, logger, config } = kamihi
  let stopListening = () => {}

  const announce = async (): Promise<void> => {
    const { items } = await store.jobs.list({ enabled: true, sort: 'nextRunAt', order: 'asc', limit: 200 })
    const next = items.find((job) => job.nextRunAt !== null)
    const due = config.jobs.enabled && next?.nextRunAt ? next.nextRunAt : null
    await control.announce(due === null ? null : { label: next?.name ?? `/${next?.action}`, at: due })
  }
  const announceSafely = () =>
    announce().catch((error: unknown) =>
      logger.warning({ err: error }, 'The chat page could not be told which job runs next'),
    )

  return {
    name: 'announce-due',
    async start() {
      await announceSafely()
      stopListening = events.on((event) => {
        if (event.type === 'jobs.changed' || event.type === 'run.changed') void announceSafely()
      })
    },
    async stop() {
      stopListening()
    },
  }
}
