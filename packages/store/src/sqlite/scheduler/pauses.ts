import { eq } from 'drizzle-orm'
import type { PauseWindow, SchedulerPause, SchedulerPauses, SchedulerStore } from '../../scheduling.ts'
import type { Change } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Db, Tx } from '../connection.ts'
import { settings } from '../schema.ts'

const key = 'scheduler.pause'
/** A job that has not been looked at for so many pauses takes the oldest of them for time without a scheduler. */
const kept = 50
const object = { kind: 'scheduler', id: null, label: null }

export function readPauses(db: Db | Tx): SchedulerPauses {
  const row = db.select({ value: settings.value }).from(settings).where(eq(settings.key, key)).get()
  return row ? (JSON.parse(row.value) as SchedulerPauses) : { current: null, ended: [] }
}

export function pauseScheduler(
  tx: Tx,
  { reason }: { reason: string | null },
  change: Change,
): Awaited<ReturnType<SchedulerStore['pause']>> {
  const { current, ended } = readPauses(tx)
  if (current) return { kind: 'already_paused', pause: current }
  const pause: SchedulerPause = { at: change.now, by: change.actor.name, reason }
  save(tx, { current: pause, ended })
  writeAudit(tx, change, 'scheduler.paused', object, {}, { reason })
  return { kind: 'paused', pause }
}

export function resumeScheduler(tx: Tx, change: Change): Awaited<ReturnType<SchedulerStore['resume']>> {
  const { current, ended } = readPauses(tx)
  if (!current) return { kind: 'not_paused' }
  const pause: PauseWindow = { ...current, until: Math.max(change.now, current.at) }
  save(tx, { current: null, ended: [...ended, pause].slice(-kept) })
  writeAudit(tx, change, 'scheduler.resumed', object, {}, { reason: current.reason })
  return { kind: 'resumed', pause }
}

function save(tx: Tx, pauses: SchedulerPauses): void {
  const value = JSON.stringify(pauses)
  tx.insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value } })
    .run()
}
