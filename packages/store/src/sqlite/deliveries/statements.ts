import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Db } from '../connection.ts'
import { given } from '../given.ts'
import { quickRows } from '../quickRows.ts'
import { prepareStandingRow } from '../runs/standing.ts'
import { deliveries, parts, runs } from '../schema.ts'
import { prepareFailedAttempts } from './failedAttempts.ts'

const {
  output: _o,
  userName: _n,
  telegramId: _t,
  resolvedBy: _r,
  ...withoutOutput
} = getTableColumns(deliveries)

/** A delivery without what no step has to read. */
export type HeldRow = Omit<
  typeof deliveries.$inferSelect,
  'output' | 'userName' | 'telegramId' | 'resolvedBy'
>

/** What moves on its way without any index but that of its state: most steps change nothing else. */
export const light = {
  state: given('state'),
  attempts: given('attempts'),
  nextPart: given('nextPart'),
  hasOutput: given('hasOutput'),
  startedAt: given('startedAt'),
}

/** Statements of the busiest path, prepared once: to build and prepare them anew costs several times what they do. */
export function prepareSteps(db: Db) {
  const byId = eq(deliveries.id, sql.placeholder('id'))
  const part = and(eq(parts.deliveryId, sql.placeholder('id')), eq(parts.idx, sql.placeholder('idx')))
  return {
    held: quickRows(
      db
        .select(withoutOutput)
        .from(deliveries)
        .where(and(byId, eq(deliveries.leaseWorker, sql.placeholder('worker'))))
        .prepare(),
      withoutOutput,
    ),
    advance: db.update(deliveries).set(light).where(byId).prepare(),
    move: db
      .update(deliveries)
      .set({
        ...light,
        nextAttemptAt: given('nextAttemptAt'),
        error: given('error'),
        possiblyDuplicated: given('possiblyDuplicated'),
        chatId: given('chatId'),
        leaseWorker: given('leaseWorker'),
        leaseUntil: given('leaseUntil'),
        finishedAt: given('finishedAt'),
      })
      .where(byId)
      .prepare(),
    keepOutput: db
      .update(deliveries)
      .set({ output: given('output') })
      .where(byId)
      .prepare(),
    // Begun once more it keeps its mark: whoever left it in doubt has set that.
    beginPart: db
      .insert(parts)
      .values({ deliveryId: given('id'), idx: given('idx'), state: 'sending' })
      .onConflictDoUpdate({ target: [parts.deliveryId, parts.idx], set: { state: 'sending' } })
      .prepare(),
    markPart: db.update(parts).set({ possiblyDuplicated: true }).where(part).prepare(),
    endPart: db
      .update(parts)
      .set({ state: 'sent', messageId: given('messageId'), sentAt: given('sentAt') })
      .where(part)
      .prepare(),
    count: db
      .update(runs)
      .set({
        inProgress: sql`${runs.inProgress} + ${sql.placeholder('inProgress')}`,
        sent: sql`${runs.sent} + ${sql.placeholder('sent')}`,
        noOutput: sql`${runs.noOutput} + ${sql.placeholder('noOutput')}`,
        failed: sql`${runs.failed} + ${sql.placeholder('failed')}`,
        unreachable: sql`${runs.unreachable} + ${sql.placeholder('unreachable')}`,
        cancelled: sql`${runs.cancelled} + ${sql.placeholder('cancelled')}`,
        expired: sql`${runs.expired} + ${sql.placeholder('expired')}`,
        uncertain: sql`${runs.uncertain} + ${sql.placeholder('uncertain')}`,
      })
      .where(eq(runs.id, sql.placeholder('id')))
      .prepare(),
    standing: prepareStandingRow(db),
    keepAttempt: prepareFailedAttempts(db),
  }
}

export type StepStatements = ReturnType<typeof prepareSteps>
