import type { Action } from '@kamihi/contracts'
import { sql } from 'drizzle-orm'
import type { JobRow } from '../../store.ts'
import { prepareCountAudiences } from '../audience.ts'
import type { Db } from '../connection.ts'
import { prepareHistory } from '../history/ofJobs.ts'
import { prepareLinksOf } from '../links.ts'
import { quickRows } from '../quickRows.ts'
import { actions, jobRoles, type jobs, jobUsers } from '../schema.ts'
import { prepareSkipsOf } from './skips.ts'

type Row = typeof jobs.$inferSelect

/**
 * Jobs as they are shown: with their people, what is left out, their last runs and how those went; by a few statements for
 * all of them. What is there is added to the rows themselves: to copy them would take longer than to read them.
 */
export function prepareJobRows(db: Db): (rows: Row[]) => JobRow[] {
  const usersOf = prepareLinksOf(db, jobUsers, jobUsers.jobId, jobUsers.userId)
  const rolesOf = prepareLinksOf(db, jobRoles, jobRoles.jobId, jobRoles.roleId)
  const skipsOf = prepareSkipsOf(db)
  const historyOf = prepareHistory(db)
  const count = prepareCountAudiences(db)
  const statesOf = prepareStatesOf(db)
  return (rows) => {
    const ids = rows.map((row) => row.id)
    const stateOf = statesOf(rows.map((row) => row.action))
    const [users, roles, skips, history] = [usersOf(ids), rolesOf(ids), skipsOf(ids), historyOf(ids)]
    const audiences = ids.map((id) => ({ userIds: users(id), roleIds: roles(id) }))
    const counted = count(audiences)
    return rows.map((row, at) => {
      const actionState = stateOf(row.action)
      const audience = audiences[at] as (typeof audiences)[number]
      const { total, unreachable } = counted(audience)
      const { lastRuns, stats } = history(row.id)
      const actionLoaded = actionState === 'loaded'
      return Object.assign(row, audience, {
        actionState,
        actionLoaded,
        skips: skips(row.id),
        recipientCount: total,
        unreachableCount: unreachable,
        lastRuns,
        stats,
      })
    })
  }
}

/** States of actions, of which each job has one. */
function prepareStatesOf(db: Db): (names: string[]) => (name: string) => Action['state'] {
  const { name, state } = actions
  const given = sql`(select value from json_each(${sql.placeholder('names')}))`
  const states = quickRows(
    db.select({ name, state }).from(actions).where(sql`${name} in ${given}`).prepare(),
    {
      name,
      state,
    },
  )
  return (names) => {
    const found = new Map(
      states.all({ names: JSON.stringify([...new Set(names)]) }).map((action) => [action.name, action.state]),
    )
    return (name) => found.get(name) ?? 'archived'
  }
}
