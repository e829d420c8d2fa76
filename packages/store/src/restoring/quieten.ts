import { failureMessages, type JobTimes } from '@kamihi/contracts'
import { and, eq, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import { writeAudit } from '../sqlite/auditLog.ts'
import { type Db, type Tx, write } from '../sqlite/connection.ts'
import { timesOfJobs } from '../sqlite/jobs/times.ts'
import { keptCause } from '../sqlite/runs/because.ts'
import { cancelRun, closeIfDone, recount } from '../sqlite/runs/finish.ts'
import {
  conversations,
  deliveries,
  jobs,
  leases,
  parts,
  runs,
  seenUpdates,
  sessions,
} from '../sqlite/schema.ts'
import type { Change } from '../store.ts'

export interface QuietenOptions {
  /** Lets what was due and open go on, though it may have been done since the backup was made. */
  catchUp: boolean
  /** The next time of a schedule after now (epoch milliseconds), or null for none. Without it the scheduler finds it at its start. */
  nextRunAt?: (job: JobTimes) => number | null
  /** Who restores, and when. */
  change: Change
  /** Name of the file, for the audit log. */
  label: string
}

/** What was changed so that restored history does not happen again. */
export interface Quietened {
  sessionsEnded: number
  /** Deliveries that were in the air when the backup was made. */
  uncertain: number
  runsCancelled: number
  /** Jobs whose next run lay in the past. */
  jobsMoved: number
  /** Messages of people that had not been answered. */
  updatesDropped: number
}

/** Makes a restored database safe to start from, in one transaction. */
export function quieten(db: Db, options: QuietenOptions): Promise<Quietened> {
  const { catchUp, change, label } = options
  return write(db, (tx) => {
    const sessionsEnded = tx.delete(sessions).run().changes
    tx.delete(leases).run()
    const uncertain = leaveUncertain(tx, change.now)
    const quiet = catchUp
      ? { runsCancelled: 0, jobsMoved: 0, updatesDropped: 0 }
      : {
          runsCancelled: cancelOpen(tx, change.now),
          jobsMoved: moveCursors(tx, options),
          updatesDropped: dropUpdates(tx, change.now),
        }
    tx.delete(conversations).where(lte(conversations.expiresAt, change.now)).run()
    writeAudit(tx, change, 'database.restored', { kind: 'database', id: null, label })
    return { sessionsEnded, uncertain, ...quiet }
  })
}

const inTheAir = {
  class: 'ambiguous',
  message: failureMessages.restored_sending,
}
const interrupted = {
  class: 'interrupted',
  message: failureMessages.restored_acting,
}

/** What was being sent when the backup was made has long arrived, or not: nobody can know. */
function leaveUncertain(tx: Tx, now: number): number {
  const sending = eq(deliveries.state, 'sending')
  const ids = tx.select({ id: deliveries.id, runId: deliveries.runId }).from(deliveries).where(sending).all()
  const ofThem = inArray(parts.deliveryId, tx.select({ id: deliveries.id }).from(deliveries).where(sending))
  tx.update(parts)
    .set({ state: 'uncertain' })
    .where(and(ofThem, eq(parts.state, 'sending')))
    .run()
  end(tx, 'sending', { state: 'uncertain', error: inTheAir }, now)
  for (const runId of new Set(ids.map((row) => row.runId))) {
    recount(tx, runId)
    closeIfDone(tx, runId, now)
  }
  return ids.length
}

/** Runs that were open go no further: their bot has finished them since. Whoever got nothing can be tried again by hand. */
function cancelOpen(tx: Tx, now: number): number {
  end(tx, 'acting', { state: 'failed', error: interrupted }, now)
  const isOpen = inArray(runs.state, ['queued', 'running', 'paused'])
  const open = tx.select({ id: runs.id }).from(runs).where(isOpen).all()
  tx.update(runs)
    .set(keptCause({ kind: 'restored' }))
    .where(isOpen)
    .run()
  for (const { id } of open) cancelRun(tx, id, now)
  // Nobody is told again how runs of the past have ended.
  tx.update(runs).set({ notice: 'told' }).where(eq(runs.notice, 'due')).run()
  return open.length
}

function end(
  tx: Tx,
  from: 'sending' | 'acting',
  to: Pick<typeof deliveries.$inferInsert, 'state' | 'error'>,
  finishedAt: number,
): void {
  tx.update(deliveries)
    .set({ ...to, finishedAt, leaseWorker: null, leaseUntil: null, nextAttemptAt: null })
    .where(eq(deliveries.state, from))
    .run()
}

/** No job fires for a time before now. */
function moveCursors(tx: Tx, { nextRunAt, change }: QuietenOptions): number {
  const past = tx
    .select({ id: jobs.id, ...timesOfJobs })
    .from(jobs)
    .where(and(isNotNull(jobs.nextRunAt), lte(jobs.nextRunAt, change.now)))
    .all()
  for (const job of past)
    tx.update(jobs)
      .set({ nextRunAt: nextRunAt?.(job) ?? null })
      .where(eq(jobs.id, job.id))
      .run()
  return past.length
}

/** What people had written and the bot had not handled yet was handled after the backup. */
function dropUpdates(tx: Tx, now: number): number {
  return tx
    .update(seenUpdates)
    .set({ handledAt: now, payload: null })
    .where(isNull(seenUpdates.handledAt))
    .run().changes
}
