import type { Recipients } from '@kamihi/contracts'
import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from './connection.ts'
import { quickRows } from './quickRows.ts'
import { userRoles, users } from './schema.ts'

export interface Audience {
  userIds: string[]
  roleIds: string[]
}

export interface Counted {
  total: number
  unreachable: number
}

/** Selects the ids of users ∪ members of roles; lists travel as JSON, so that thousands are one bound value. */
export function audienceIds({ userIds, roleIds }: Audience): SQL {
  return sql`(select value as id from json_each(${JSON.stringify(userIds)})
    union select ${userRoles.userId} as id from ${userRoles} where ${userRoles.roleId} in (select value from json_each(${JSON.stringify(roleIds)})))`
}

/** How many people an audience is now, without duplicates. */
export function countAudience(db: Db | Tx, audience: Audience): Counted {
  return (
    db.get<Counted>(sql`
      select count(*) as total, coalesce(sum(${users.reachability} <> 'ok'), 0) as unreachable
      from ${users} where ${users.id} in ${audienceIds(audience)}`) ?? { total: 0, unreachable: 0 }
  )
}

/** The same for many, by one statement in which those that are alike are counted once. */
export function prepareCountAudiences(
  db: Db | Tx,
): (audiences: Audience[]) => (audience: Audience) => Counted {
  const given = sql`json_each(${sql.placeholder('audiences')}) a`
  const people = sql`(select a.key as asked, u.value as id from ${given} cross join json_each(a.value, '$[0]') u
    union select a.key, ${userRoles.userId} from ${given} cross join json_each(a.value, '$[1]') r
      cross join ${userRoles} on ${userRoles.roleId} = r.value) people`
  const fields = {
    asked: sql<number>`people.asked`,
    total: sql<number>`count(*)`,
    unreachable: sql<number>`sum(${users.reachability} <> 'ok')`,
  }
  const counts = quickRows(
    db
      .select(fields)
      .from(people)
      .crossJoin(users)
      .where(sql`${users.id} = people.id`)
      .groupBy(fields.asked)
      .prepare(),
    fields,
  )
  return (audiences) => {
    const keys = [...new Set(audiences.map(keyOf))]
    const found = counts.all({ audiences: `[${keys.join()}]` })
    const counted = new Map(
      found.map(({ asked, total, unreachable }) => [keys[asked], { total, unreachable }]),
    )
    return (audience) => counted.get(keyOf(audience)) ?? { total: 0, unreachable: 0 }
  }
}

const keyOf = ({ userIds, roleIds }: Audience): string => JSON.stringify([userIds, roleIds])

/** Who would get it now: how many, from where, and the first ten by name. */
export function describeAudience(db: Db, audience: Audience): Recipients {
  const { total, unreachable } = countAudience(db, audience)
  const direct = countAudience(db, { ...audience, roleIds: [] }).total
  const byRole = countAudience(db, { ...audience, userIds: [] }).total
  const sample = db.all<{ userId: string; name: string | null }>(sql`
    select ${users.id} as userId, ${users.name} as name from ${users} where ${users.id} in ${audienceIds(audience)}
    order by ${users.name}, ${users.id} limit 10`)
  return { total, direct, byRole, unreachable, sample }
}
