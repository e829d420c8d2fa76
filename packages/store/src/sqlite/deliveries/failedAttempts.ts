import type { FailedAttempt, Failure } from '@kamihi/contracts'
import { and, asc, eq, gte, isNotNull, or, sql } from 'drizzle-orm'
import type { RunTrace } from '../../runHistory.ts'
import { type Db, iso, isoOrNull } from '../connection.ts'
import { given } from '../given.ts'
import { failedAttempts } from '../schema.ts'
import type { HeldRow } from './statements.ts'

/** A try that did not succeed. */
export interface Attempt {
  row: Pick<HeldRow, 'id' | 'runId'>
  failure: Failure
  at: number
  /** When it is tried again; null where it is not. */
  nextAt: number | null
}

/** The last row counts whatever comes after it. */
const mostKept = 50
const longestMessage = 1000

const ofDelivery = eq(failedAttempts.deliveryId, sql.placeholder('deliveryId'))
const newest = sql`(select max(idx) from ${failedAttempts} where delivery_id = ${sql.placeholder('deliveryId')})`

/** Keeps tries that did not succeed; the same reason once more is counted. Runs inside of a transaction. */
export function prepareFailedAttempts(db: Db): (attempt: Attempt) => void {
  const said = { message: given('message'), lastAt: given('at'), nextAt: given('nextAt') }
  const again = db
    .update(failedAttempts)
    .set({ ...said, class: given('class'), count: sql`${failedAttempts.count} + 1` })
    .where(
      and(
        ofDelivery,
        eq(failedAttempts.idx, newest),
        or(eq(failedAttempts.class, sql.placeholder('class')), gte(failedAttempts.idx, mostKept - 1)),
      ),
    )
    .prepare()
  const first = db
    .insert(failedAttempts)
    .values({
      ...said,
      deliveryId: given('deliveryId'),
      idx: sql`coalesce(${newest} + 1, 0)`,
      runId: given('runId'),
      class: given('class'),
      firstAt: given('at'),
    })
    .prepare()
  return ({ row, failure, at, nextAt }) => {
    const message = failure.message.slice(0, longestMessage)
    const values = { deliveryId: row.id, runId: row.runId, class: failure.class, message, at, nextAt }
    if (again.run(values).changes === 0) first.run(values)
  }
}

/** Of one delivery, oldest first. */
export const failedAttemptsOf = (db: Db, deliveryId: string): FailedAttempt[] =>
  db
    .select()
    .from(failedAttempts)
    .where(eq(failedAttempts.deliveryId, deliveryId))
    .orderBy(asc(failedAttempts.idx))
    .all()
    .map(({ class: name, message, firstAt, lastAt, count, nextAt }) => ({
      class: name,
      message,
      firstAt: iso(firstAt),
      lastAt: iso(lastAt),
      count,
      nextAt: isoOrNull(nextAt),
    }))

const mostWaits = 1000

/** When Telegram asked a run to wait, oldest first. The class stands there literally, as in the index. */
export const waitsOf = (db: Db, runId: string): RunTrace['waits'] =>
  db
    .select({ from: failedAttempts.firstAt, until: failedAttempts.nextAt, count: failedAttempts.count })
    .from(failedAttempts)
    .where(
      and(
        eq(failedAttempts.runId, runId),
        sql`${failedAttempts.class} = 'flood'`,
        isNotNull(failedAttempts.nextAt),
      ),
    )
    .orderBy(asc(failedAttempts.firstAt))
    .limit(mostWaits)
    .all()
    .flatMap(({ from, until, count }) => (until === null ? [] : [{ from, until, count }]))
