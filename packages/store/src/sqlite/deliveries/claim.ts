import type { OutgoingPart } from '@kamihi/contracts'
import { and, asc, eq, getTableColumns, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { ClaimedDelivery, Lease, RunFacts } from '../../store.ts'
import { tripsAfter } from '../../trial.ts'
import type { Db } from '../connection.ts'
import { given } from '../given.ts'
import { quickRows } from '../quickRows.ts'
import { factColumns, factsOf } from '../runs/facts.ts'
import { hasOpenDeliveries, isOpen } from '../runs/open.ts'
import { deliveries, runs } from '../schema.ts'
import { prepareUsersIn } from '../usersIn.ts'

const most = 384
/** Runs whose facts are kept at hand. */
const remembered = 64

type Claim = (lease: Lease, limit: number, now: number) => ClaimedDelivery[]
type Statements = ReturnType<typeof prepare>
type Free = ReturnType<Statements['free']['all']>[number]

/** What is shared by the deliveries of a run. */
interface Shared {
  facts: RunFacts
  /** What its action returned, where it ran once for all. */
  output: OutgoingPart[] | null
}

/** Takes deliveries of running runs that nobody works on: oldest run first, in the order of people. Runs inside of a transaction. */
export function prepareClaim(db: Db): Claim {
  const statements = prepare(db)
  const shared = rememberShared(statements)
  return (lease, limit, now) => {
    const claimed: ClaimedDelivery[] = []
    for (const run of statements.runs.all()) {
      const left = Math.min(limit, most) - claimed.length
      if (left <= 0) break
      const room = run.isProven ? left : Math.min(left, roomOnTrial(statements, run.id))
      if (room <= 0) continue
      const free = statements.free.all({ runId: run.id, onlyStored: run.waitsForOutput, now, limit: room })
      if (free.length > 0) claimed.push(...asClaimed(statements, free, shared(run.id)))
    }
    for (const { id, state } of claimed)
      statements.lend.run({ id, ...lease, hasOutput: state === 'acted' ? 1 : 0 })
    return claimed
  }
}

/** Until one recipient has succeeded only so many are begun that the circuit breaker can keep the others from a fault. */
function roomOnTrial(statements: Statements, runId: string): number {
  return tripsAfter - (statements.inHands.get({ runId })?.n ?? 0)
}

function prepare(db: Db) {
  const columns = getTableColumns(deliveries)
  const due = or(
    inArray(deliveries.state, ['pending', 'acted']),
    and(eq(deliveries.state, 'retrying'), lte(deliveries.nextAttemptAt, sql.placeholder('now'))),
  )
  return {
    // Its output is not read: it may be large, and is the same for everyone.
    runs: db
      .select({
        id: runs.id,
        isProven: sql<number>`coalesce(json_extract(${runs.trial}, '$.kind') = 'passed', 0)`,
        waitsForOutput: sql<number>`(${runs.perUser} = 0 and ${runs.output} is null)`,
      })
      .from(runs)
      .where(sql`${isOpen} and ${runs.state} = 'running' and ${hasOpenDeliveries}`)
      .orderBy(asc(runs.createdAt))
      .prepare(),
    shared: db
      .select({ ...factColumns, output: runs.output })
      .from(runs)
      .where(eq(runs.id, sql.placeholder('id')))
      .prepare(),
    inHands: db
      .select({ n: sql<number>`count(*)` })
      .from(sql`${deliveries} indexed by deliveries_leased`)
      .where(and(isNotNull(deliveries.leaseWorker), eq(deliveries.runId, sql.placeholder('runId'))))
      .prepare(),
    // By the index `deliveries_free`, so that it reads no more than it takes.
    free: quickRows(
      db
        .select()
        .from(deliveries)
        .where(
          and(
            eq(deliveries.runId, sql.placeholder('runId')),
            isNull(deliveries.finishedAt),
            isNull(deliveries.leaseWorker),
            sql`(${given('onlyStored')} = 0 or ${deliveries.hasOutput} = 1)`,
            due,
          ),
        )
        .orderBy(asc(deliveries.id))
        .limit(sql.placeholder('limit'))
        .prepare(),
      columns,
    ),
    people: prepareUsersIn(db, sql`(select value from json_each(${sql.placeholder('ids')}))`),
    // What an action returned for all becomes that of each as it is taken, not of a hundred thousand rows at once.
    lend: db
      .update(deliveries)
      .set({
        leaseWorker: given('worker'),
        leaseUntil: given('until'),
        state: sql`case when ${deliveries.state} = 'pending' and ${given('hasOutput')} then 'acted' else ${deliveries.state} end`,
        hasOutput: sql`${deliveries.hasOutput} or ${given('hasOutput')}`,
      })
      .where(eq(deliveries.id, sql.placeholder('id')))
      .prepare(),
  }
}

/** Facts never change; an output is written once. */
function rememberShared({ shared }: Statements): (runId: string) => Shared {
  const known = new Map<string, Shared>()
  return (runId) => {
    const found = known.get(runId)
    if (found && (found.output !== null || found.facts.perUser)) return found
    const row = shared.get({ id: runId })
    if (!row) throw new Error(`The run ${runId} is not there.`)
    const read = { facts: factsOf(row), output: row.output ?? null }
    known.set(runId, read)
    if (known.size > remembered) known.delete(known.keys().next().value ?? '')
    return read
  }
}

function asClaimed(
  statements: Statements,
  free: Free[],
  { facts, output: forAll }: Shared,
): ClaimedDelivery[] {
  const people = facts.perUser ? usersOf(statements, free) : null
  return free.map((delivery) => {
    const { id, userId, chatId, attempts, nextPart, hasOutput, error } = delivery
    const acted = hasOutput || forAll !== null
    return {
      id,
      run: facts,
      userId,
      user: people?.get(userId) ?? null,
      chatId,
      state: acted ? 'acted' : 'pending',
      attempts,
      lastClass: error?.class ?? null,
      output: acted ? (delivery.output ?? forAll ?? []) : null,
      nextPart,
    }
  })
}

/** People for whom the action is still to be run. */
function usersOf({ people }: Statements, free: Free[]) {
  const ids = free.filter(({ hasOutput }) => !hasOutput).map(({ userId }) => userId)
  return new Map(
    (ids.length === 0 ? [] : people({ ids: JSON.stringify(ids) })).map((user) => [user.id, user]),
  )
}
