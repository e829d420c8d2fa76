import type { RunFacts } from '../../store.ts'
import { runs } from '../schema.ts'
import type { RunRow } from './present.ts'

/** Columns of what never changes in a run. */
export const factColumns = {
  id: runs.id,
  jobId: runs.jobId,
  action: runs.action,
  args: runs.args,
  idempotencyKey: runs.idempotencyKey,
  trigger: runs.trigger,
  scheduledFor: runs.scheduledFor,
  perUser: runs.perUser,
  dryRun: runs.dryRun,
  idempotent: runs.idempotent,
  settings: runs.settings,
  deadlineAt: runs.deadlineAt,
}

export function factsOf(row: Pick<RunRow, keyof typeof factColumns>): RunFacts {
  const {
    id,
    jobId,
    action,
    args,
    trigger,
    scheduledFor,
    perUser,
    dryRun,
    idempotent,
    settings,
    deadlineAt,
  } = row
  const key = row.idempotencyKey
  return {
    id,
    jobId,
    action,
    args,
    key,
    trigger,
    scheduledFor,
    perUser,
    dryRun,
    idempotent,
    settings,
    deadlineAt,
  }
}
