import { and, asc, desc, eq, gt, gte, isNull, lt, lte, max, sql } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { SchedulerSpan, SchedulerStore } from '../scheduling.ts'
import { type Db, read, type Tx, write } from './connection.ts'
import { pauseScheduler, readPauses, resumeScheduler } from './scheduler/pauses.ts'
import { schedulerSpans as spans } from './schema.ts'

/** The scheduler as a whole: whether it is paused, and when one was at work. */
export function createSchedulerStore(db: Db): SchedulerStore {
  return {
    pause: (input, change) => write(db, (tx) => pauseScheduler(tx, input, change)),
    resume: (change) => write(db, (tx) => resumeScheduler(tx, change)),
    pauses: () => read(() => readPauses(db)),
    seen: (worker, now, gapMs) => write(db, (tx) => seen(tx, worker, now, gapMs)),
    ended: (worker, now) =>
      write(db, (tx) => {
        tx.update(spans)
          .set({ endedAt: now, lastSeenAt: now })
          .where(and(eq(spans.worker, worker), isNull(spans.endedAt)))
          .run()
      }),
    spans: (from, to) => read(() => list(db, from, to)),
    lastSeenAt: () =>
      read(
        () =>
          db
            .select({ at: max(spans.lastSeenAt) })
            .from(spans)
            .get()?.at ?? null,
      ),
    pruneSpans: (before) =>
      write(db, (tx) => tx.delete(spans).where(lt(spans.lastSeenAt, before)).run().changes),
  }
}

function seen(tx: Tx, worker: string, now: number, gapMs: number): void {
  const mine = and(eq(spans.worker, worker), isNull(spans.endedAt))
  const goesOn = tx
    .update(spans)
    .set({ lastSeenAt: sql`max(${spans.lastSeenAt}, ${now})` })
    .where(and(mine, gte(spans.lastSeenAt, now - gapMs)))
    .run().changes
  if (goesOn > 0) return
  // It was stopped, asleep, or another one took over: that it ended then is known only now.
  tx.update(spans)
    .set({ endedAt: sql`${spans.lastSeenAt}` })
    .where(mine)
    .run()
  tx.insert(spans)
    .values({ id: newId(now), worker, startedAt: now, lastSeenAt: now })
    .run()
}

function list(db: Db, from: number, to: number): SchedulerSpan[] {
  const { worker, startedAt, lastSeenAt, endedAt } = spans
  const select = () => db.select({ worker, startedAt, lastSeenAt, endedAt }).from(spans)
  const before = select().where(lt(lastSeenAt, from)).orderBy(desc(lastSeenAt)).limit(1).all()
  const within = select()
    .where(and(gte(lastSeenAt, from), lte(startedAt, to)))
    .orderBy(asc(startedAt))
    .all()
  const after = select().where(gt(startedAt, to)).orderBy(asc(startedAt)).limit(1).all()
  return [...before, ...within, ...after]
}
