import type { User } from '@kamihi/contracts'
import { and, eq, sql } from 'drizzle-orm'
import type { RunStanding } from '../../store.ts'
import type { Db, Tx } from '../connection.ts'
import { given } from '../given.ts'
import { deliveries, runs } from '../schema.ts'
import { prepareUsersIn } from '../usersIn.ts'
import { becauseOf } from './because.ts'
import { mayBegin } from './claim.ts'
import { finishRun } from './finish.ts'
import { endOf, prepareStandingRow, presentStanding, type StandingRow } from './standing.ts'

/** Writes one delivery a recipient, all in one statement; people who cannot be reached end at once. Runs inside of a transaction. */
export function prepareAudience(
  db: Db,
): (tx: Tx, id: string, worker: string, now: number) => RunStanding | null {
  const statements = prepare(db)
  const standingOf = (id: string) => statements.standing.get({ id }) as StandingRow
  return (tx, id, worker, now) => {
    const row = statements.held.get({ id, worker })
    if (!row) return null
    if (row.audienceWrittenAt === null) {
      const { userIds, roleIds } = row.settings
      const only = row.onlyUserIds === null ? null : JSON.stringify(row.onlyUserIds)
      const chosen = { userIds: JSON.stringify(userIds), roleIds: JSON.stringify(roleIds), only }
      const { changes: total } = statements.insert.run({ run: id, now, ...chosen })
      statements.written.run({ id, total, now })
      endAtOnce(tx, standingOf(id), row.perUser, now)
    }
    return presentStanding(standingOf(id))
  }
}

/** A run for each of nobody is skipped, and one of people whom nothing can reach is over. */
function endAtOnce(tx: Tx, row: StandingRow, perUser: boolean, now: number): void {
  if (!perUser) return
  const end = endOf(row)
  if (row.total === 0) finishRun(tx, row.id, 'skipped', now, becauseOf({ kind: 'no_recipients' }))
  else if (end !== null) finishRun(tx, row.id, end, now)
}

function prepare(db: Db) {
  const { id, perUser, settings, onlyUserIds, audienceWrittenAt } = runs
  return {
    held: db
      .select({ perUser, settings, onlyUserIds, audienceWrittenAt })
      .from(runs)
      .where(and(eq(id, sql.placeholder('id')), mayBegin(sql.placeholder('worker'))))
      .prepare(),
    // Ids sort by time in the order of people: run id, then a running number.
    insert: db.$client.prepare(`
      insert into deliveries (id, run_id, user_id, user_name, telegram_id, chat_id, state, error, finished_at)
      select :run || '-' || printf('%07d', row_number() over (order by id)), :run, id, name, telegram_id, chat_id,
        iif(reachability = 'ok', 'pending', 'unreachable'),
        iif(reachability = 'ok', null, json_object('class', reachability, 'message', 'Known to be unreachable; messages go again when they write to the bot.')),
        iif(reachability = 'ok', null, :now)
      from users
      where id in (
        select value from json_each(:userIds)
        union select user_id from user_roles where role_id in (select value from json_each(:roleIds)))
      and (:only is null or id in (select value from json_each(:only)))`),
    written: db
      .update(runs)
      .set({
        audienceWrittenAt: given('now'),
        total: given('total'),
        unreachable: sql`(select count(*) from ${deliveries} where ${deliveries.runId} = ${sql.placeholder('id')} and ${deliveries.state} = 'unreachable')`,
      })
      .where(eq(id, sql.placeholder('id')))
      .prepare(),
    standing: prepareStandingRow(db),
  }
}

/** Everyone a run is for, as long as they are still users. */
export function prepareAudienceOf(db: Db): (runId: string) => User[] {
  const ids = sql`(select ${deliveries.userId} from ${deliveries} where ${deliveries.runId} = ${sql.placeholder('runId')})`
  const people = prepareUsersIn(db, ids)
  return (runId) => people({ runId })
}
