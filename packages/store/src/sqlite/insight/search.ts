import type { SearchResult } from '@kamihi/contracts'
import { and, asc, desc, eq, gte, isNull, lt, ne, or, sql } from 'drizzle-orm'
import { type Db, iso } from '../connection.ts'
import { contains } from '../listing.ts'
import { actions, jobs, roles, runs, users } from '../schema.ts'

const most = 5
/** Fewer characters of an id would name half of all runs. */
const shortestId = 4

/** What has these letters in its name; a run is found by the beginning of its id. */
export function searchAll(db: Db, text: string, withoutIds = false): SearchResult {
  const q = text.trim()
  return {
    jobs: findJobs(db, q),
    users: findUsers(db, q, withoutIds),
    roles: db
      .select({ id: roles.id, name: roles.name })
      .from(roles)
      .where(contains(roles.name, q))
      .orderBy(asc(roles.name))
      .limit(most)
      .all(),
    actions: db
      .select({ name: actions.name, description: actions.description })
      .from(actions)
      .where(
        and(ne(actions.state, 'archived'), or(contains(actions.name, q), contains(actions.description, q))),
      )
      .orderBy(asc(actions.name))
      .limit(most)
      .all(),
    runs: findRuns(db, q),
  }
}

function findJobs(db: Db, q: string): SearchResult['jobs'] {
  const { id, name, action } = jobs
  return db
    .select({ id, name, action })
    .from(jobs)
    .where(and(isNull(jobs.archivedAt), or(contains(name, q), contains(action, q), eq(id, q))))
    .orderBy(asc(sql`coalesce(${name}, ${action})`))
    .limit(most)
    .all()
}

function findUsers(db: Db, q: string, withoutIds: boolean): SearchResult['users'] {
  const { id, name, telegramId } = users
  const byNumber = !withoutIds && /^\d+$/.test(q)
  const matches = or(contains(name, q), eq(id, q), byNumber ? contains(telegramId, q) : undefined)
  return db.select({ id, name, telegramId }).from(users).where(matches).orderBy(asc(name)).limit(most).all()
}

/** By the primary key: what begins with `q` lies between `q` and what comes after all that begins with it. */
function findRuns(db: Db, q: string): SearchResult['runs'] {
  if (q.length < shortestId || !/^[0-9a-f-]+$/i.test(q)) return []
  const { id, jobId, action, state, scheduledFor } = runs
  const prefix = q.toLowerCase()
  return db
    .select({ id, jobId, action, state, scheduledFor })
    .from(runs)
    .where(and(gte(id, prefix), lt(id, `${prefix}~`)))
    .orderBy(desc(id))
    .limit(most)
    .all()
    .map((run) => ({ ...run, scheduledFor: iso(run.scheduledFor) }))
}
