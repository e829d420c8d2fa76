import { sql } from 'drizzle-orm'
import { runs } from '../schema.ts'

/** Runs that have not ended. With literals: bound states would keep SQLite from the indexes of what is open. */
export const isOpen = sql`${runs.state} in ('queued','running','paused')`

/** Runs with recipients that have not ended. */
export const hasOpenDeliveries = sql`${runs.total} > ${runs.sent} + ${runs.noOutput} + ${runs.failed} + ${runs.unreachable} + ${runs.cancelled} + ${runs.expired} + ${runs.uncertain}`
