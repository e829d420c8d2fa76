import { and, count, desc, eq, gt, lt, max } from 'drizzle-orm'
import type { Store } from '../store.ts'
import { type Db, read, write } from './connection.ts'
import { authAttempts } from './schema.ts'

const keepMs = 24 * 3_600_000

/** Tries to sign in, for the limits of guessing; kept for a day. */
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
        tx.delete(authAttempts)
          .where(lt(authAttempts.at, now - keepMs))
          .run()
        tx.insert(authAttempts).values({ key, success, at: now }).run()
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
  }
}
