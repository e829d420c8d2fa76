import type { Kamihi } from '@kamihi/core'
import { createNotices } from './notices.ts'
import { createRetention } from './retention.ts'
import { createWebhooks } from './webhooks/webhooks.ts'

/** What has to be done now and then, by one process of those on a database. */
export interface Chores {
  start(): void
  stop(): Promise<void>
}

export interface ChoresOptions {
  kamihi: Kamihi
  /** Names this process in leases. */
  worker: string
  isLeader: () => boolean
  random: () => number
}

export function createChores({ kamihi, worker, isLeader, random }: ChoresOptions): Chores {
  // What cannot be recorded is not done: a notice would be sent again and again.
  const mayWork = () => isLeader() && kamihi.health.isWritable()
  const notices = kamihi.config.jobs.notifyAdmins ? createNotices({ kamihi, isLeader: mayWork }) : null
  const retention = createRetention({ kamihi, isLeader: mayWork, random })
  const webhooks = createWebhooks({ kamihi, worker, isLeader: mayWork })
  let forget = () => {}
  return {
    start() {
      forget = kamihi.health.whenFull(() => retention.makeRoom())
      notices?.start()
      retention.start()
      webhooks.start()
    },
    async stop() {
      forget()
      await Promise.all([notices?.stop(), retention.stop(), webhooks.stop()])
    },
  }
}
