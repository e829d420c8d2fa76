import { and, asc, eq, gt, gte, isNotNull, lt, sql } from 'drizzle-orm'
import type { Stretch } from '../../insightStore.ts'
import { type Db, read } from '../connection.ts'
import { deliveries, users } from '../schema.ts'

/** Rows that are read at a time, so that nothing waits long. */
const atOnce = 4000
const runsAtOnce = 500

/** Different people that were sent to. Where a run reached all of its people, the index of its recipients tells who they are. */
export async function peopleReached(db: Db, stretch: Stretch): Promise<number> {
  const people = new Set<string>()
  for await (const run of runsThatSent(db, stretch)) {
    let after = ''
    for (;;) {
      const found = await read(() => recipients(db, run, after))
      for (const { userId } of found) people.add(userId)
      if (found.length < atOnce) break
      after = found.at(-1)?.userId ?? ''
      await breath()
    }
  }
  return people.size
}

interface SentRun {
  id: string
  reachedAll: boolean
}

async function* runsThatSent(db: Db, { from, to }: Stretch): AsyncGenerator<SentRun> {
  let cursor = { at: from, row: 0 }
  for (;;) {
    const { at, row } = cursor
    const page = await read(() =>
      db.all<SentRun & { at: number; row: number; sent: number }>(sql`
        select id, finished_at as at, rowid as row, sent, (sent = total) as reachedAll from runs
        where finished_at is not null and (finished_at, rowid) > (${at}, ${row}) and finished_at >= ${at} and finished_at < ${to}
        order by finished_at, rowid limit ${runsAtOnce}`),
    )
    for (const run of page) if (run.sent > 0) yield { id: run.id, reachedAll: Boolean(run.reachedAll) }
    const last = page.at(-1)
    if (page.length < runsAtOnce || !last) return
    cursor = { at: last.at, row: last.row }
    await breath()
  }
}

function recipients(db: Db, { id, reachedAll }: SentRun, after: string) {
  return db
    .select({ userId: deliveries.userId })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.runId, id),
        gt(deliveries.userId, after),
        reachedAll ? undefined : eq(deliveries.state, 'sent'),
      ),
    )
    .orderBy(asc(deliveries.userId))
    .limit(atOnce)
    .all()
}

const breath = () => new Promise<void>((resolve) => setImmediate(resolve))

export function becameUnreachable(db: Db, { from, to }: Stretch): number {
  return (
    db
      .select({ n: sql<number>`count(*)` })
      .from(users)
      .where(
        and(
          isNotNull(users.unreachableSince),
          gte(users.unreachableSince, from),
          lt(users.unreachableSince, to),
        ),
      )
      .get()?.n ?? 0
  )
}
