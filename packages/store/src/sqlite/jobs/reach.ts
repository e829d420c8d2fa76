import { setImmediate } from 'node:timers/promises'
import type { RoleLoss } from '@kamihi/contracts'
import { type SQL, sql } from 'drizzle-orm'
import { type Db, read } from '../connection.ts'
import { jobRoles, jobs, jobUsers, userRoles } from '../schema.ts'

/** How many jobs reach each of these users, directly or by a role; whom none reaches is left out. Deleted jobs reach nobody. */
export function jobCountsOf(db: Db, userIds: string[]): Map<string, number> {
  const given = sql`(select value from json_each(${JSON.stringify(userIds)}))`
  const rows = db.all<{ id: string; n: number }>(sql`
    select reached.user_id as id, count(*) as n from (
      select user_id, job_id from ${jobUsers} where user_id in ${given}
      union select ${userRoles.userId}, ${jobRoles.jobId} from ${userRoles}
        join ${jobRoles} on ${jobRoles.roleId} = ${userRoles.roleId} where ${userRoles.userId} in ${given}
    ) reached join ${jobs} on ${jobs.id} = reached.job_id and ${jobs.archivedAt} is null
    group by reached.user_id`)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** Who else a job of a role is for; jobs that are for the same are looked at once. */
interface Others {
  userIds: string
  roleIds: string
  jobCount: number
}

/** What people lose with a role: who reaches a job by another way, too, keeps it. Others get their turn in between. */
export async function lossOf(db: Db, roleId: string): Promise<RoleLoss> {
  const lost = new Set<string>()
  let jobCount = 0
  const members = await read(() => memberCount(db, roleId))
  for (const others of await read(() => othersOf(db, roleId))) {
    // Once everybody loses one, it is enough to know that somebody loses the next.
    const most = lost.size === members ? 1 : members
    const people = await read(() => membersWithout(db, roleId, others, most))
    for (const id of people) lost.add(id)
    if (people.length > 0) jobCount += others.jobCount
    await setImmediate()
  }
  return { peopleCount: lost.size, jobCount }
}

function othersOf(db: Db, roleId: string): Others[] {
  const listed = (id: string, links: SQL) =>
    sql`(select json_group_array(id) from (select ${sql.raw(id)} as id from ${links} order by id))`
  return db.all<Others>(sql`
    select userIds, roleIds, count(*) as jobCount from (
      select ${listed('user_id', sql`${jobUsers} where job_id = ${jobs.id}`)} as userIds,
        ${listed('role_id', sql`${jobRoles} r where r.job_id = ${jobs.id} and r.role_id <> ${roleId}`)} as roleIds
      from ${jobRoles} join ${jobs} on ${jobs.id} = ${jobRoles.jobId} and ${jobs.archivedAt} is null
      where ${jobRoles.roleId} = ${roleId}
    ) group by userIds, roleIds`)
}

const memberCount = (db: Db, roleId: string): number =>
  db.get<{ n: number }>(sql`select count(*) as n from ${userRoles} where role_id = ${roleId}`)?.n ?? 0

/** Members of a role who are not among others, at most so many. */
const membersWithout = (db: Db, roleId: string, { userIds, roleIds }: Others, most: number): string[] =>
  db
    .all<{ id: string }>(sql`
      select user_id as id from ${userRoles} where role_id = ${roleId}
        and user_id not in (select value from json_each(${userIds}))
        and user_id not in (select user_id from ${userRoles} where role_id in (select value from json_each(${roleIds})))
      limit ${most}`)
    .map(({ id }) => id)
