import type { Run, User } from '@kamihi/contracts'
import { and, eq, sql } from 'drizzle-orm'
import { audienceIds } from '../audience.ts'
import type { Db, Tx } from '../connection.ts'
import { deliveries, runs, users } from '../schema.ts'
import { present } from '../users.ts'
import { holds } from './claim.ts'
import { closeIfDone, finishRun, recount } from './finish.ts'
import { getRun, type RunRow, rowOf } from './present.ts'

/** Writes one delivery a recipient, all in one statement; people who cannot be reached end at once. */
export function writeAudience(
  tx: Tx,
  id: string,
  worker: string,
  now: number,
): { run: Run; users: User[] } | null {
  const row = tx
    .select()
    .from(runs)
    .where(and(eq(runs.id, id), holds(worker)))
    .get()
  if (!row) return null
  if (row.audienceWrittenAt === null) {
    insertDeliveries(tx, row, now)
    tx.update(runs).set({ audienceWrittenAt: now }).where(eq(runs.id, id)).run()
    recount(tx, id)
    if (row.perUser && rowOf(tx, id)?.total === 0)
      finishRun(tx, id, 'skipped', now, {
        reason: 'no_recipients',
        reasonDetail: 'It runs for each user, and nobody is chosen.',
      })
    else if (row.perUser) closeIfDone(tx, id, now)
  }
  return { run: getRun(tx, id) as Run, users: audienceOf(tx, id) }
}

function insertDeliveries(tx: Tx, row: RunRow, now: number): void {
  const chosen =
    row.onlyUserIds === null
      ? sql`1`
      : sql`${users.id} in (select value from json_each(${JSON.stringify(row.onlyUserIds)}))`
  // Ids sort by time in the order of people: run id, then a running number.
  tx.run(sql`
    insert into ${deliveries} (id, run_id, user_id, user_name, telegram_id, chat_id, state, attempts, has_output, next_part, possibly_duplicated, error, finished_at)
    select ${row.id} || '-' || printf('%07d', row_number() over (order by ${users.id})), ${row.id}, ${users.id}, ${users.name}, ${users.telegramId}, ${users.chatId},
      case when ${users.reachability} = 'ok' then 'pending' else 'unreachable' end, 0, 0, 0, 0,
      case when ${users.reachability} = 'ok' then null else json_object('class', ${users.reachability}, 'message', 'Known to be unreachable; messages go again when they write to the bot.') end,
      case when ${users.reachability} = 'ok' then null else ${now} end
    from ${users} where ${users.id} in ${audienceIds(row.settings)} and ${chosen}`)
}

/** Everyone a run is for, as long as they are still users. */
export function audienceOf(db: Db | Tx, runId: string): User[] {
  const ids = sql`(select ${deliveries.userId} from ${deliveries} where ${deliveries.runId} = ${runId})`
  return present(db, db.select().from(users).where(sql`${users.id} in ${ids}`).orderBy(users.id).all())
}
