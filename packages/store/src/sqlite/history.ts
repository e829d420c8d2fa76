import type { RunHistory, RunLogLine } from '../runHistory.ts'
import { type Db, read, write } from './connection.ts'
import { groupCommit } from './groupCommit.ts'
import { addLogs, listLogs } from './history/logs.ts'
import { listNotices, noticesTold } from './history/notices.ts'
import { prune } from './history/prune.ts'
import { reasonsOf } from './history/reasons.ts'
import { retryOutlookOf } from './history/retryOutlook.ts'
import { traceOf } from './history/trace.ts'

/** What is kept of runs beside their state. */
export function createRunHistory(db: Db): RunHistory {
  const add = groupCommit<RunLogLine[], void>((batch) =>
    write(db, (tx) => {
      addLogs(tx, batch.flat())
      return batch.map(() => undefined)
    }),
  )
  return {
    addLogs: add,
    listLogs: (runId, query) => read(() => listLogs(db, runId, query)),
    trace: (runId) => traceOf(db, runId),
    reasons: (runId) => reasonsOf(db, runId),
    retryOutlook: (runId) => read(() => retryOutlookOf(db, runId)),
    listNotices: (limit) => read(() => listNotices(db, limit)),
    noticesTold: (told) => write(db, (tx) => noticesTold(tx, told)),
    prune: (input) => write(db, (tx) => prune(tx, input)),
  }
}
