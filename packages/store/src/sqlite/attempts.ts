import { and, asc, between, count, desc, eq, gt, lt, max } from 'drizzle-orm'
import type { AttemptStore } from '../accountStore.ts'
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
    begin: (key, waitAfter, now) =>
      write(db, (tx) => {
        const found = tx
          .select({ n: count(), at: max(authAttempts.at) })
          .from(authAttempts)
          .where(failures(key, now - dayMs))
          .get()
        const waitMs = waitAfter(found?.n ?? 0) - (now - (found?.at ?? 0))
        if (waitMs > 0) return waitMs
        tx.insert(authAttempts).values({ key, success: false, at: now }).run()
        prune(tx, now)
        return 0
      }),
    takeBack: (key) =>
      write(db, (tx) => {
        const newest = tx
          .select({ id: max(authAttempts.id) })
          .from(authAttempts)
          .where(and(eq(authAttempts.key, key), eq(authAttempts.success, false)))
          .get()
        tx.delete(authAttempts)
          .where(eq(authAttempts.id, newest?.id ?? 0))
          .run()
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
    async takeToken(key, bucket, now) {
      // Whoever has to wait costs no write, however often they come.
      const wait = await read(() => tokenWait(db, key, bucket, now).waitMs)
      return wait > 0 ? wait : write(db, (tx) => takeToken(tx, key, bucket, now))
    },
    takeTurn: (key, window, now) => write(db, (tx) => takeTurn(tx, key, window, now)),
  }
}

type Bucket = Parameters<AttemptStore['takeToken']>[1]
type Window = Parameters<AttemptStore['takeTurn']>[1]

/** A bucket is one row: the time at which it is full again. */
function tokenWait(db: Db | Tx, key: string, { burst, everyMs }: Bucket, now: number) {
  const { at } = authAttempts
  const row = db.select({ at }).from(authAttempts).where(eq(authAttempts.key, key)).get()
  const stored = row?.at ?? now
  // What lies further ahead was written before the clock went back.
  const fullAt = stored > now + burst * everyMs ? now : Math.max(stored, now)
  return { fullAt, waitMs: Math.max(0, fullAt - now - (burst - 1) * everyMs) }
}

function takeToken(tx: Tx, key: string, bucket: Bucket, now: number): number {
  const { fullAt, waitMs } = tokenWait(tx, key, bucket, now)
  if (waitMs > 0) return waitMs
  tx.delete(authAttempts).where(eq(authAttempts.key, key)).run()
  tx.insert(authAttempts)
    .values({ key, success: false, at: fullAt + bucket.everyMs })
    .run()
  prune(tx, now)
  return 0
}

function takeTurn(tx: Tx, key: string, { most, withinMs }: Window, now: number): number {
  const taken = tx
    .select({ at: authAttempts.at })
    .from(authAttempts)
    .where(and(eq(authAttempts.key, key), between(authAttempts.at, now - withinMs + 1, now)))
    .orderBy(asc(authAttempts.at))
    .all()
  const [first] = taken
  if (first && taken.length >= most) return first.at + withinMs - now
  tx.insert(authAttempts).values({ key, success: false, at: now }).run()
  prune(tx, now)
  return 0
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
