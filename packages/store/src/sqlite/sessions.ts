import type { OpenSession } from '@kamihi/contracts'
import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  inArray,
  isNull,
  lte,
  ne,
  or,
  type SQLWrapper,
  sql,
} from 'drizzle-orm'
import type { NewSession } from '../accountStore.ts'
import type { Change, SessionRecord, Store } from '../store.ts'
import { accountOf } from './accountRows.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, iso, read, type Tx, write, writeIfPossible } from './connection.ts'
import { quickRows } from './quickRows.ts'
import { accountLinks, accounts, sessions } from './schema.ts'

const dayMs = 24 * 3_600_000
const perAccount = 20
/** `lastSeenAt` is not worth a write for every request. */
const touchMs = 60_000

/** Sessions of the dashboard: they end when idle, at their end, or when their account is disabled. */
export function createSessions(db: Db): Store['sessions'] {
  const find = prepareFind(db)
  return {
    create: (session, change, replaced = null) => write(db, (tx) => create(tx, session, change, replaced)),
    renew: (id, newId, change) => write(db, (tx) => renew(tx, id, newId, change)),
    find: (id, now, idleMs = dayMs) => read(() => find(id, now, idleMs)),
    use: (id, now, idleMs = dayMs) => use(db, find, id, now, idleMs),
    list: (accountId, now, idleMs = dayMs) => read(() => list(db, accountId, now, idleMs)),
    prune: (now, idleMs = dayMs) =>
      write(
        db,
        (tx) =>
          tx
            .delete(sessions)
            .where(or(lte(sessions.expiresAt, now), lte(sessions.lastSeenAt, now - idleMs)))
            .run().changes,
      ),
    end: (accountId, id, change) =>
      write(db, (tx) => {
        const { changes } = tx
          .delete(sessions)
          .where(and(eq(sessions.id, id), eq(sessions.accountId, accountId)))
          .run()
        if (changes > 0) audit(tx, change, 'session.ended', accountId)
        return changes > 0
      }),
    endAll: (accountId, change, except) =>
      write(db, (tx) => {
        const others = except === undefined ? undefined : ne(sessions.id, except)
        const { changes } = tx
          .delete(sessions)
          .where(and(eq(sessions.accountId, accountId), others))
          .run()
        const resets = and(eq(accountLinks.accountId, accountId), eq(accountLinks.kind, 'reset'))
        tx.delete(accountLinks).where(resets).run()
        if (changes > 0) audit(tx, change, 'session.all_ended', accountId)
        return changes
      }),
  }
}

const live = (now: number | SQLWrapper, idleSince: number | SQLWrapper) =>
  and(gt(sessions.expiresAt, now), gt(sessions.lastSeenAt, idleSince), isNull(accounts.disabledAt))

function create(
  tx: Tx,
  { passwordHash, ...session }: NewSession,
  change: Change,
  replaced: string | null,
): boolean {
  const { now } = change
  const account = tx.select().from(accounts).where(eq(accounts.id, session.accountId)).get()
  if (!account || account.disabledAt !== null) return false
  if (passwordHash !== undefined && account.passwordHash !== (passwordHash ?? '')) return false
  if (replaced !== null) tx.delete(sessions).where(eq(sessions.id, replaced)).run()
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
  audit(tx, change, 'session.created', session.accountId)
  return true
}

function renew(tx: Tx, id: string, newId: string, change: Change): boolean {
  const row = tx
    .update(sessions)
    .set({ id: newId, reauthAt: change.now, lastSeenAt: change.now })
    .where(eq(sessions.id, id))
    .returning()
    .get()
  if (row) audit(tx, change, 'session.renewed', row.accountId)
  return row !== undefined
}

type Find = (id: string, now: number, idleMs: number) => SessionRecord | null

/** Asked by every request of every browser: one statement, prepared once. */
function prepareFind(db: Db): Find {
  const { createdAt, lastSeenAt, reauthAt, expiresAt } = sessions
  const fields = {
    ...getTableColumns(accounts),
    signedInAt: createdAt,
    lastSeenAt,
    reauthAt,
    expiresAt,
    anywhereAt: sql<number>`(select max(s.last_seen_at) from ${sessions} s where s.account_id = ${accounts.id})`,
  }
  const given = live(sql.placeholder('now'), sql.placeholder('idleSince'))
  const found = quickRows(
    db
      .select(fields)
      .from(sessions)
      .innerJoin(accounts, eq(accounts.id, sessions.accountId))
      .where(and(eq(sessions.id, sql.placeholder('id')), given))
      .prepare(),
    fields,
  )
  return (id, now, idleMs) => {
    const row = found.get({ id, now, idleSince: now - idleMs })
    if (!row) return null
    const { signedInAt: createdAt, lastSeenAt, reauthAt, expiresAt, anywhereAt } = row
    return { id, account: accountOf(row, anywhereAt), createdAt, lastSeenAt, reauthAt, expiresAt }
  }
}

async function use(
  db: Db,
  find: Find,
  id: string,
  now: number,
  idleMs: number,
): Promise<SessionRecord | null> {
  const found = await read(() => find(id, now, idleMs))
  if (found && now - found.lastSeenAt > touchMs)
    await writeIfPossible(db, (tx) =>
      tx.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, id)).run(),
    )
  return found
}

function list(db: Db, accountId: string, now: number, idleMs: number): Omit<OpenSession, 'current'>[] {
  return db
    .select()
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(and(eq(sessions.accountId, accountId), live(now, now - idleMs)))
    .orderBy(desc(sessions.lastSeenAt))
    .all()
    .map(({ sessions: { id, ip, userAgent, createdAt, lastSeenAt, expiresAt } }) => ({
      id,
      ip,
      userAgent,
      createdAt: iso(createdAt),
      lastSeenAt: iso(lastSeenAt),
      expiresAt: iso(expiresAt),
    }))
}

function audit(tx: Tx, change: Change, verb: string, accountId: string): void {
  const account = tx
    .select({ label: accounts.username })
    .from(accounts)
    .where(eq(accounts.id, accountId))
    .get()
  writeAudit(tx, change, verb, { kind: 'account', id: accountId, label: account?.label ?? null })
}
