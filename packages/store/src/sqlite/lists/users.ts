import type { UserQuery } from '@kamihi/contracts'
import { and, eq, not, or, type SQL, sql } from 'drizzle-orm'
import type { UsersAsked } from '../../peopleStore.ts'
import { contains, type Sorting } from '../listing.ts'
import { jobRoles, jobs, jobUsers, userRoles, users } from '../schema.ts'

/** How lists of users are sorted. Ids begin with the time that a user was made, so they stand for it. */
export const userSorting: Sorting = {
  columns: {
    createdAt: { value: users.id },
    name: { value: sql`lower(${users.name})`, least: '' },
    telegramId: { value: users.telegramId },
    lastSeenAt: { value: users.lastSeenAt, least: 0 },
  },
  default: 'createdAt',
  id: users.id,
}

/** Selects the users that a query asks for. */
export const usersWhere = (query: UsersAsked): SQL | undefined =>
  and(
    query.isAdmin === undefined ? undefined : isAdmin(query.isAdmin),
    query.reachability ? reachable(query.reachability) : undefined,
    query.unreachable === undefined ? undefined : query.unreachable ? isOutOfReach : reachable('ok'),
    query.roleId
      ? sql`${users.id} in (select ${userRoles.userId} from ${userRoles} where ${userRoles.roleId} = ${query.roleId})`
      : undefined,
    query.hasJobs === undefined ? undefined : query.hasJobs ? reachedByAny : not(reachedByAny),
    query.jobId ? sql`${users.id} in ${reachedBy(query.jobId)}` : undefined,
    query.q
      ? or(
          contains(users.name, query.q),
          ...(query.withoutProfiles
            ? []
            : [contains(sql`cast(${users.telegramId} as text)`, query.q), contains(users.profile, query.q)]),
        )
      : undefined,
  )

/** Literal, as in the index of admins: with a bound value SQLite would not use it. */
const isAdmin = (wanted: boolean): SQL => sql`${users.isAdmin} = ${sql.raw(wanted ? '1' : '0')}`

/** Literal, as in the index of those who cannot be reached. */
const isOutOfReach = sql`${users.reachability} <> 'ok'`

const reachable = (wanted: NonNullable<UserQuery['reachability']>): SQL | undefined =>
  and(wanted === 'ok' ? undefined : isOutOfReach, eq(users.reachability, wanted))

const usedJobs = sql`${jobs} on ${jobs.archivedAt} is null`
/** Both inner lists are made once, not for each user. */
const reachedByAny = sql`(${users.id} in (select ${jobUsers.userId} from ${jobUsers} join ${usedJobs} and ${jobs.id} = ${jobUsers.jobId})
  or exists (select 1 from ${userRoles} where ${userRoles.userId} = ${users.id} and ${userRoles.roleId} in (
    select ${jobRoles.roleId} from ${jobRoles} join ${usedJobs} and ${jobs.id} = ${jobRoles.jobId})))`

const reachedBy = (jobId: string): SQL =>
  sql`(select ${jobUsers.userId} from ${jobUsers} where ${jobUsers.jobId} = ${jobId}
    union select ${userRoles.userId} from ${jobRoles} join ${userRoles} on ${userRoles.roleId} = ${jobRoles.roleId}
      where ${jobRoles.jobId} = ${jobId})`
