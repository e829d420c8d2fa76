import { countedTo, logLevels, type Page, type RunLog, type RunLogQuery } from '@kamihi/contracts'
import { and, asc, desc, eq, gt, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { BadCursor } from '../../badCursor.ts'
import type { RunLogLine } from '../../runHistory.ts'
import { type Db, iso, type Tx } from '../connection.ts'
import { deliveries, runLogs, runs } from '../schema.ts'

const recipient = {
  userId: deliveries.userId,
  name: deliveries.userName,
  telegramId: deliveries.telegramId,
}

/** Writes lines in their order; their delivery is the one of that person in that run. */
export function addLogs(tx: Tx, lines: RunLogLine[]): void {
  if (lines.length === 0) return
  const rows = lines.map(({ fields, ...line }) => ({
    ...line,
    fields: fields && JSON.stringify(fields),
  }))
  const value = (name: string) => sql.raw(`value ->> '$.${name}'`)
  tx.run(sql`
    insert into ${runLogs} (run_id, delivery_id, at, level, message, fields)
    select ${value('runId')},
      (select ${deliveries.id} from ${deliveries} where ${deliveries.runId} = ${value('runId')} and ${deliveries.userId} = ${value('userId')}),
      ${value('at')}, ${value('level')}, ${value('message')}, ${value('fields')}
    from json_each(${JSON.stringify(rows)})
    where exists (select 1 from ${runs} where ${runs.id} = ${value('runId')})
    order by key`)
}

export function listLogs(db: Db, runId: string, query: RunLogQuery): Page<RunLog> {
  const { deliveryId, order = 'asc' } = query
  const limit = Math.min(query.limit ?? 50, 200)
  const where = and(
    eq(runLogs.runId, runId),
    deliveryId === undefined ? undefined : eq(runLogs.deliveryId, deliveryId),
    levelAndAbove(query.level),
  )
  const rows = db
    .select({ line: runLogs, recipient })
    .from(runLogs)
    .leftJoin(deliveries, eq(deliveries.id, runLogs.deliveryId))
    .where(and(where, beyond(query.cursor, order)))
    .orderBy(order === 'asc' ? asc(runLogs.id) : desc(runLogs.id))
    .limit(limit + 1)
    .all()
  const last = rows[limit - 1]?.line
  const counted = count(db, where)
  return {
    items: rows.slice(0, limit).map(present),
    nextCursor: rows.length > limit && last ? String(last.id) : null,
    total: Math.min(counted, countedTo),
    totalIsExact: counted <= countedTo,
  }
}

function levelAndAbove(level: RunLogQuery['level']): SQL | undefined {
  if (level === undefined || level === 'trace') return undefined
  return inArray(runLogs.level, logLevels.slice(logLevels.indexOf(level)))
}

function beyond(cursor: string | undefined, order: 'asc' | 'desc'): SQL | undefined {
  if (cursor === undefined) return undefined
  if (!/^\d{1,15}$/.test(cursor)) throw new BadCursor()
  return (order === 'asc' ? gt : lt)(runLogs.id, Number(cursor))
}

const count = (db: Db, where: SQL | undefined): number => {
  const some = db
    .select({ id: runLogs.id })
    .from(runLogs)
    .where(where)
    .limit(countedTo + 1)
  return db.get<{ n: number }>(sql`select count(*) as n from ${some}`)?.n ?? 0
}

type Row = { line: typeof runLogs.$inferSelect; recipient: RunLog['recipient'] }

function present({ line: { id, deliveryId, at, level, message, fields }, recipient }: Row): RunLog {
  return { id, deliveryId, recipient, at: iso(at), level, message, fields: fields ?? null }
}
