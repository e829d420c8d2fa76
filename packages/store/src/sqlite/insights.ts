import type { InsightStore } from '../insightStore.ts'
import { type Db, read } from './connection.ts'
import { failuresSince, troublesSince } from './insight/failures.ts'
import { finishedAfter, medianLagOf, pastHoursOf, totalsOf } from './insight/past.ts'
import { becameUnreachable, peopleReached } from './insight/people.ts'
import { countAll, jobNames, plannedJobs, recipientCounts, skipsOfJobs } from './insight/planned.ts'
import { searchAll } from './insight/search.ts'
import { blockedActions, brokenActions, openRuns, pausedJobs, pausedRuns } from './insight/troubles.ts'

/** The bot at a glance. */
export function createInsights(db: Db): InsightStore {
  return {
    totals: (stretches) => read(() => stretches.map((stretch) => totalsOf(db, stretch))),
    medianLag: (stretch) => read(() => medianLagOf(db, stretch)),
    peopleReached: (stretch) => peopleReached(db, stretch),
    failures: (since, limit) => read(() => failuresSince(db, since, limit)),
    troubles: (since, limit) => read(() => troublesSince(db, since, limit)),
    open: (limit) => read(() => openRuns(db, limit)),
    pausedRuns: (limit) => read(() => pausedRuns(db, limit)),
    blockedActions: () => read(() => blockedActions(db)),
    brokenActions: () => read(() => brokenActions(db)),
    pausedJobs: () => read(() => pausedJobs(db)),
    becameUnreachable: (stretch) => read(() => becameUnreachable(db, stretch)),
    planned: (before, filter, limit) => read(() => plannedJobs(db, before, filter, limit)),
    recipientCounts: (ids) => read(() => recipientCounts(db, ids)),
    skipsOf: (ids) => read(() => skipsOfJobs(db, ids)),
    pastHours: (stretch, filter) => read(() => pastHoursOf(db, stretch, filter)),
    jobNames: (ids) => read(() => jobNames(db, ids)),
    finishedAfter: (after, limit) => read(() => finishedAfter(db, after, limit)),
    counts: () => read(() => countAll(db)),
    search: (text, withoutIds) => read(() => searchAll(db, text, withoutIds)),
  }
}
