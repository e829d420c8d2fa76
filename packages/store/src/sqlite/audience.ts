import type { Recipients } from '@kamihi/contracts'
import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from './connection.ts'
import { userRoles, users } from './schema.ts'

export interface Audience {
  userIds: string[]
  roleIds: string[]
}

/** Selects the ids of users ∪ members of roles; lists travel as JSON, so that thousands are one bound value. */
export function audienceIds({ userIds, roleIds }: Audience): SQL {
  return sql`(select value as id from json_each(${JSON.stringify(userIds)})
    union select ${userRoles.userId} as id from ${userRoles} where ${userRoles.roleId} in (select value from json_each(${JSON.stringify(roleIds)})))`
}

/** How many people an audience is now, without duplicates. */
export function countAudience(db: Db | Tx, audience: Audience): { total: number; unreachable: number } {
  return (
    db.get<{ total: number; unreachable: number }>(sql`
      select count(*) as total, coalesce(sum(${users.reachability} <> 'ok'), 0) as unreachable
      from ${users} where ${users.id} in ${audienceIds(audience)}`) ?? { total: 0, unreachable: 0 }
  )
}

/** The same for many: those that are alike are counted once. */
export function countAudiences(db: Db | Tx): (audience: Audience) => ReturnType<typeof countAudience> {
  const known = new Map<string, ReturnType<typeof countAudience>>()
  return ({ userIds, roleIds }) => {
    const key = JSON.stringify([userIds, roleIds])
    const counted = known.get(key) ?? countAudience(db, { userIds, roleIds })
    known.set(key, counted)
    return counted
  }
}

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
