import { type DeliveryState, terminalDeliveryStates, terminalRunStates } from '@kamihi/contracts'
import type Database from 'better-sqlite3'

/** What must be true of the rows, told by what is wrong when it is not. */
export interface Invariant {
  /** The kind of thing the query finds, e.g. `run`. */
  kind: 'run' | 'delivery' | 'part'
  wrong: string
  /** Gives the ids of what is wrong. */
  query: string
}

const list = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')
const endedRun = `r.state in (${list(terminalRunStates)})`
const endedDelivery = `d.state in (${list(terminalDeliveryStates)})`

/** Rows that no worker would ever take up again, or that belong to nothing. */
export const orphans: Invariant[] = [
  {
    kind: 'part',
    wrong: 'belongs to no delivery',
    query: 'select delivery_id from parts where delivery_id not in (select id from deliveries)',
  },
  {
    kind: 'delivery',
    wrong: 'belongs to no run',
    query: 'select id from deliveries where run_id not in (select id from runs)',
  },
  {
    kind: 'run',
    wrong: 'belongs to no job',
    query: 'select id from runs where job_id not in (select id from jobs)',
  },
  {
    kind: 'run',
    wrong: 'has ended at no time, or has a time and has not ended',
    query: `select r.id from runs r where (${endedRun}) <> (r.finished_at is not null)`,
  },
  {
    kind: 'delivery',
    wrong: 'has ended at no time, or has a time and has not ended',
    query: `select d.id from deliveries d where (${endedDelivery}) <> (d.finished_at is not null)`,
  },
  {
    kind: 'delivery',
    wrong: 'is open though its run has ended',
    query: `select d.id from deliveries d join runs r on r.id = d.run_id where d.finished_at is null and ${endedRun}
      and d.state not in ('acting', 'sending')`,
  },
  {
    kind: 'delivery',
    wrong: 'is being worked on by nobody',
    query: "select id from deliveries where state in ('acting', 'sending') and lease_worker is null",
  },
  {
    kind: 'delivery',
    wrong: 'waits for a retry that has no time',
    query: "select id from deliveries where state = 'retrying' and next_attempt_at is null",
  },
]

/** Columns of a run that count its deliveries, with the states each counts. */
const counted: [column: string, states: DeliveryState[]][] = [
  ['sent', ['sent']],
  ['no_output', ['no_output']],
  ['failed', ['failed']],
  ['unreachable', ['unreachable']],
  ['cancelled', ['cancelled']],
  ['expired', ['expired']],
  ['uncertain', ['uncertain']],
  ['in_progress', ['acting', 'sending']],
]

/** Runs whose counters are not what their deliveries add up to. */
export const miscounted: Invariant = {
  kind: 'run',
  wrong: 'counts other deliveries than it has',
  query: `select r.id from runs r left join (
      select run_id, count(*) as total, ${counted.map(([column, states]) => `sum(state in (${list(states)})) as ${column}`).join(', ')}
      from deliveries group by run_id
    ) d on d.run_id = r.id
    where ${['total', ...counted.map(([column]) => column)].map((column) => `r.${column} <> coalesce(d.${column}, 0)`).join(' or ')}`,
}

/** How many rows break an invariant, and the first few of them. */
export function breaches(
  database: Database.Database,
  { query }: Invariant,
): { count: number; ids: string[] } {
  const count = Number(database.prepare(`select count(*) from (${query})`).pluck().get())
  if (count === 0) return { count, ids: [] }
  return { count, ids: database.prepare(`${query} limit 3`).pluck().all() as string[] }
}
