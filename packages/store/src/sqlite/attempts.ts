import { and, count, desc, eq, gt, lt, max } from 'drizzle-orm'
import type { Store } from '../store.ts'
import { type Db, read, type Tx, write } from './connection.ts'
import { authAttempts } from './schema.ts'

const dayMs = 24 * 3_600_000
const keepMs = { failures: dayMs, successes: 30 * dayMs }
/** Strangers decide how many failures there are. */
const mostFailures = 10_000

/** Tries to sign in, for the limits of guessing: failures of a day, and when each key last succeeded in a month. */
export function createAttempts(db: Db): Store['attempts'] {
  const lastSuccess = (key: string) =>
    db
      .select({ at: max(authAttempts.at) })
      .from(authAttempts)
      .where(and(eq(authAttempts.key, key), eq(authAttempts.success, true)))
      .get()?.at ?? 0
  const failures = (key: string, since: number) =>
    and(
      eq(authAttempts.key, key),
      eq(authAttempts.success, false),
      gt(authAttempts.at, Math.max(since, lastSuccess(key))),
    )
  return {
    record: (key, success, now) =>
      write(db, (tx) => {
        if (success) tx.delete(authAttempts).where(eq(authAttempts.key, key)).run()
        tx.insert(authAttempts).values({ key, success, at: now }).run()
        prune(tx, now)
      }),
    failuresSince: (key, since) =>
      read(() => db.select({ n: count() }).from(authAttempts).where(failures(key, since)).get()?.n ?? 0),
    lastFailureAt: (key) =>
      read(
        () =>
          db
            .select({ at: authAttempts.at })
            .from(authAttempts)
            .where(failures(key, 0))
            .orderBy(desc(authAttempts.at))
            .get()?.at ?? null,
      ),
    hasSucceeded: (key, since) => read(() => lastSuccess(key) > since),
  }
}

function prune(tx: Tx, now: number): void {
  const failed = eq(authAttempts.success, false)
  tx.delete(authAttempts)
    .where(and(failed, lt(authAttempts.at, now - keepMs.failures)))
    .run()
  tx.delete(authAttempts)
    .where(and(eq(authAttempts.success, true), lt(authAttempts.at, now - keepMs.successes)))
    .run()
  const newest = tx
    .select({ id: authAttempts.id })
    .from(authAttempts)
    .where(failed)
    .orderBy(desc(authAttempts.id))
    .limit(1)
    .offset(mostFailures)
    .get()
  if (newest)
    tx.delete(authAttempts)
      .where(and(failed, lt(authAttempts.id, newest.id + 1)))
      .run()
}
