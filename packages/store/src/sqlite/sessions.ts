import { and, asc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import type { SessionRecord, Store } from '../store.ts'
import { presentAccount } from './accounts.ts'
import { type Db, read, write, writeIfPossible } from './connection.ts'
import { accounts, sessions } from './schema.ts'

const idleMs = 24 * 3_600_000
const perAccount = 20
/** `lastSeenAt` is not worth a write for every request. */
const touchMs = 60_000

/** Sessions of the dashboard: they end when idle for a day, at their end, or when their account is disabled. */
export function createSessions(db: Db): Store['sessions'] {
  return {
    create: ({ now, ...session }) =>
      write(db, (tx) => {
        tx.insert(sessions)
          .values({ ...session, createdAt: now, lastSeenAt: now, reauthAt: now })
          .run()
        const all = tx
          .select({ id: sessions.id })
          .from(sessions)
          .where(eq(sessions.accountId, session.accountId))
          .orderBy(asc(sessions.createdAt))
          .all()
        const oldest = all.slice(0, Math.max(0, all.length - perAccount)).map((row) => row.id)
        if (oldest.length > 0) tx.delete(sessions).where(inArray(sessions.id, oldest)).run()
      }),
    use: (id, now) => use(db, id, now),
    prune: (now) =>
      write(
        db,
        (tx) =>
          tx
            .delete(sessions)
            .where(or(lte(sessions.expiresAt, now), lte(sessions.lastSeenAt, now - idleMs)))
            .run().changes,
      ),
    end: (id) => write(db, (tx) => tx.delete(sessions).where(eq(sessions.id, id)).run().changes > 0),
  }
}

async function use(db: Db, id: string, now: number): Promise<SessionRecord | null> {
  const live = and(
    eq(sessions.id, id),
    gt(sessions.expiresAt, now),
    gt(sessions.lastSeenAt, now - idleMs),
    isNull(accounts.disabledAt),
  )
  const found = await read(() =>
    db.select().from(sessions).innerJoin(accounts, eq(accounts.id, sessions.accountId)).where(live).get(),
  )
  if (!found) return null
  const { createdAt, lastSeenAt, expiresAt } = found.sessions
  if (now - lastSeenAt > touchMs)
    await writeIfPossible(db, (tx) =>
      tx.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, id)).run(),
    )
  return { id, account: presentAccount(found.accounts), createdAt, lastSeenAt, expiresAt }
}
