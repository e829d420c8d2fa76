import type { WebhookBody, WebhookEvent } from '@kamihi/contracts'
import { and, asc, eq, sql } from 'drizzle-orm'
import { newId } from '../../ids.ts'
import type { WebhookStore, WebhookTarget } from '../../webhookStore.ts'
import { type Db, iso, isoOrNull, read, type Tx, write } from '../connection.ts'
import type { RunRow } from '../runs/present.ts'
import { countsOf } from '../runs/standing.ts'
import { jobs, runs, webhookDeliveries } from '../schema.ts'

type Input = Parameters<WebhookStore['enqueueFinished']>[0]
interface Ended {
  run: RunRow
  jobName: string | null
}

/** Runs that are looked at in one transaction. */
const atOnce = 200

/** Writes the requests for runs that ended since; those that are there already stay as they are. */
export async function enqueueFinished(db: Db, { since, targets, now }: Input): Promise<number> {
  let written = 0
  let cursor = { at: since, row: 0 }
  for (;;) {
    const page = await read(() => endedFrom(db, cursor))
    const wanted = page.flatMap((ended) => requestsFor(ended, targets, now))
    if (wanted.length > 0) written += await write(db, (tx) => insert(tx, wanted))
    const last = page.at(-1)
    if (page.length < atOnce || !last) return written
    cursor = { at: last.run.finishedAt ?? since, row: last.row }
  }
}

function endedFrom(db: Db, { at, row }: { at: number; row: number }) {
  return db
    .select({ run: runs, jobName: jobs.name, row: sql<number>`${runs}.rowid` })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .where(
      and(
        sql`${runs.finishedAt} is not null and ${runs.finishedAt} >= ${at}`,
        sql`(${runs.finishedAt}, ${runs}.rowid) > (${at}, ${row})`,
      ),
    )
    .orderBy(asc(runs.finishedAt), asc(sql`${runs}.rowid`))
    .limit(atOnce)
    .all()
}

function requestsFor({ run, jobName }: Ended, targets: WebhookTarget[], now: number) {
  const event = eventOf(run)
  if (event === null) return []
  return targets
    .filter(({ events }) => events.includes(event))
    .map(({ url }) => {
      const id = newId(now)
      const body = bodyOf(id, event, { run, jobName })
      return { id, url, event, runId: run.id, body, nextAttemptAt: now, createdAt: now }
    })
}

/** A dry run and a run that was skipped tell nobody anything; one that was missed should have been. */
export function eventOf({
  state,
  reason,
  dryRun,
}: Pick<RunRow, 'state' | 'reason' | 'dryRun'>): WebhookEvent | null {
  if (dryRun) return null
  if (state === 'skipped') return reason === 'missed' ? 'run.failed' : null
  return state === 'failed' || state === 'partial' || state === 'expired' ? 'run.failed' : 'run.finished'
}

function bodyOf(id: string, event: WebhookEvent, { run, jobName }: Ended): WebhookBody {
  return {
    id,
    event,
    at: iso(run.finishedAt ?? run.createdAt),
    run: {
      id: run.id,
      job: { id: run.jobId, name: jobName, action: run.action },
      state: run.state,
      reason: run.reason,
      trigger: run.trigger,
      scheduledFor: iso(run.scheduledFor),
      startedAt: isoOrNull(run.startedAt),
      finishedAt: isoOrNull(run.finishedAt),
      counts: countsOf(run),
      error: run.error ?? null,
    },
  }
}

function insert(tx: Tx, rows: (typeof webhookDeliveries.$inferInsert)[]): number {
  let written = 0
  for (const row of rows)
    written += tx.insert(webhookDeliveries).values(row).onConflictDoNothing().run().changes
  return written
}
