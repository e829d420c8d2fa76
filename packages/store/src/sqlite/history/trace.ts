import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { RunTrace } from '../../runHistory.ts'
import { type Db, read } from '../connection.ts'
import { waitsOf } from '../deliveries/failedAttempts.ts'
import { getRun, type RunRow, rowOf } from '../runs/present.ts'
import { audit, deliveries } from '../schema.ts'
import { type Chunk, scanDeliveries } from './scan.ts'

const kinds = { 'run.paused': 'paused', 'run.resumed': 'resumed', 'run.cancelled': 'cancelled' } as const

/** What the columns of a run, its deliveries and the audit log tell of how it went. */
export async function traceOf(db: Db, runId: string): Promise<RunTrace | null> {
  const known = await read(() => {
    const row = rowOf(db, runId)
    const run = getRun(db, runId)
    return row && run
      ? { row, run, waits: waitsOf(db, runId), interventions: interventionsIn(db, runId) }
      : null
  })
  if (!known) return null
  const { row, run, waits, interventions } = known
  const { audienceWrittenAt, actionStartedAt } = row
  return {
    run,
    audienceWrittenAt,
    actionStartedAt,
    actionReturnedAt: returnedAt(row),
    ...(row.sent > 0 ? await sentIn(db, runId) : { firstSentAt: null, lastSentAt: null }),
    waits,
    interventions,
  }
}

function interventionsIn(db: Db, runId: string): RunTrace['interventions'] {
  const ofRun = and(eq(audit.objectKind, 'run'), eq(audit.objectId, runId))
  const verbs = Object.keys(kinds) as (keyof typeof kinds)[]
  return db
    .select({ verb: audit.verb, at: audit.at, actor: audit.actor, changes: audit.changes })
    .from(audit)
    .where(and(ofRun, inArray(audit.verb, verbs)))
    .orderBy(asc(audit.at), asc(sql`rowid`))
    .all()
    .map(({ verb, at, actor, changes }) => {
      const reason = changes.reason?.after
      return {
        kind: kinds[verb as keyof typeof kinds],
        at,
        by: actor.name,
        reason: typeof reason === 'string' ? reason : null,
      }
    })
}

/** Where nothing is sent, the run ends as its action returns; otherwise it is not recorded when that was. */
function returnedAt({ perUser, output, dryRun, total, finishedAt }: RunRow): number | null {
  if (perUser || output === null || output === undefined) return null
  return dryRun || output.length === 0 || total === 0 ? finishedAt : null
}

async function sentIn(db: Db, runId: string): Promise<Pick<RunTrace, 'firstSentAt' | 'lastSentAt'>> {
  const span = { firstSentAt: null as number | null, lastSentAt: null as number | null }
  const look = (chunk: Chunk) =>
    db
      .select({
        first: sql<number | null>`min(${deliveries.finishedAt})`,
        last: sql<number | null>`max(${deliveries.finishedAt})`,
      })
      .from(deliveries)
      .where(chunk)
      .all()
  await scanDeliveries(db, runId, 'sent', look, ([found]) => {
    if (!found?.first || !found.last) return
    span.firstSentAt = Math.min(span.firstSentAt ?? found.first, found.first)
    span.lastSentAt = Math.max(span.lastSentAt ?? found.last, found.last)
  })
  return span
}
