import type { Reachability, RetryOutlook } from '@kamihi/contracts'
import { sql } from 'drizzle-orm'
import type { Db } from '../connection.ts'
import { rowOf } from '../runs/present.ts'
import { familyOf, unreached } from '../runs/retryFamily.ts'
import { users } from '../schema.ts'

/** For whom a retry of a run would be, by whether they can be reached. Who is no user any more has nothing that keeps them from it. */
export function retryOutlookOf(db: Db, runId: string): RetryOutlook | null {
  const past = rowOf(db, runId)
  if (!past) return null
  const counts = db.all<{ reachability: Reachability; count: number }>(sql`
    select coalesce(u.reachability, 'ok') as reachability, count(*) as count
    from ${unreached(past, familyOf(db, past))} left join ${users} u on u.id = last.user_id
    group by 1 order by 2 desc`)
  return {
    reachable: counts.find(({ reachability }) => reachability === 'ok')?.count ?? 0,
    unreachable: counts.filter(({ reachability }) => reachability !== 'ok'),
  }
}
