import type { Kamihi } from '@kamihi/core'
import { createNotices } from './notices.ts'
import { createRetention } from './retention.ts'

/** What has to be done now and then, by one process of those on a database. */
export interface Chores {
  start(): void
  stop(): Promise<void>
}

export interface ChoresOptions {
  kamihi: Kamihi
  isLeader: () => boolean
  random: () => number
}

export function createChores({ kamihi, isLeader, random }: ChoresOptions): Chores {
  // What cannot be recorded is not done: a notice would be sent again and again.
  const mayWork = () => isLeader() && kamihi.health.isWritable()
  const notices = kamihi.config.jobs.notifyAdmins ? createNotices({ kamihi, isLeader: mayWork }) : null
  const retention = createRetention({ kamihi, isLeader: mayWork, random })
  let forget = () => {}
  return {
    start() {
      forget = kamihi.health.whenFull(() => retention.makeRoom())
      notices?.start()
      retention.start()
    },
    async stop() {
      forget()
      await Promise.all([notices?.stop(), retention.stop()])
    },
  }
}
