import type { OnOverlap, Overlap } from '@kamihi/contracts'
import { isTerminalDelivery } from '../../src/states.ts'
import { cancel, end, isOpen, openRunsOf, type RefDelivery, type RefJob, type RefRun } from './reference.ts'

/** What the store is said to do when runs are enqueued. */

/**
 * What becomes of an occurrence; the row for it is made by the caller, who knows its id. `before`: open runs of the job, in the order of
 * their turns, those of the same tick last.
 */
export function fire(
  runs: RefRun[],
  job: RefJob,
  occurrence: number,
  before: RefRun[],
): 'queued' | 'skipped' | 'nothing' {
  if (hasRow(runs, job, occurrence)) return 'nothing'
  const open = before.filter(isOpen)
  const { overlap } = job.settings
  if (open.length > 0 && overlap === 'skip') return 'skipped'
  if (overlap === 'replace') for (const run of open) cancel(run)
  // One waits: the newest. The oldest of all is not waiting, it is next; what a person asked for keeps its place.
  const waits = open.slice(1).filter((run) => run.state === 'queued' && run.trigger === 'schedule')
  if (overlap === 'queue') for (const run of waits) end(run, 'skipped')
  return 'queued'
}

export const hasRow = (runs: RefRun[], job: RefJob, occurrence: number): boolean =>
  runs.some((run) => run.job === job && run.trigger === 'schedule' && run.scheduledFor === occurrence)

type Asked = { kind: 'existing'; run: RefRun } | { kind: 'not_found' | 'overlap' | 'enqueued' }

export function ask(runs: RefRun[], job: RefJob, key: string, onOverlap: OnOverlap | null): Asked {
  if (job.archived) return { kind: 'not_found' }
  const before = runs.find((run) => run.job === job && run.key === key)
  if (before) return { kind: 'existing', run: before }
  return { kind: admit(runs, job, job.settings.overlap, onOverlap) ? 'enqueued' : 'overlap' }
}

/** Makes room for what a person asked for, or refuses it. */
function admit(runs: RefRun[], job: RefJob, policy: Overlap, chosen: OnOverlap | null): boolean {
  const open = openRunsOf(runs, job)
  if (open.length === 0 || chosen === 'wait') return true
  if (chosen !== 'replace' && policy !== 'replace') return policy === 'allow'
  for (const run of open) cancel(run)
  return true
}

export const rootOf = (run: RefRun): RefRun => (run.retryOf ? rootOf(run.retryOf) : run)

/** The last try for each person of a run, of those in it and in every retry of what it is a retry of. */
function lastTries(runs: RefRun[], past: RefRun): RefDelivery[] {
  const family = runs.filter((run) => rootOf(run) === rootOf(past)).flatMap((run) => run.people ?? [])
  return (past.people ?? []).map(({ user }) => family.findLast((d) => d.user === user) as RefDelivery)
}

/** Deliveries that a retry makes anew, or why it does not. */
export function retry(
  runs: RefRun[],
  past: RefRun,
): RefDelivery[] | 'not_finished' | 'nothing_to_retry' | 'overlap' {
  if (isOpen(past)) return 'not_finished'
  const unreached = () =>
    lastTries(runs, past).filter(
      (d) => isTerminalDelivery(d.state) && d.state !== 'sent' && d.state !== 'no_output',
    )
  if (unreached().length === 0) return 'nothing_to_retry'
  // Where it takes the place of another retry, those whom that one will not reach any more are among them.
  return admit(runs, past.job, past.settings.overlap, null) ? unreached() : 'overlap'
}

/** What the action returned for all, in whichever run of the family it was. */
export const sharedOutput = (runs: RefRun[], past: RefRun): number | null =>
  runs.filter((run) => rootOf(run) === rootOf(past)).findLast((run) => run.output !== null)?.output ?? null

/** The same delivery in the retry: what arrived is not sent again, and what may have arrived is marked. */
export function again(d: RefDelivery, run: RefRun, id: string): RefDelivery {
  const inDoubt = d.doubtful.has(d.nextPart) || d.ambiguous || d.state === 'uncertain'
  const output = run.settings.perUser ? d.output : run.output
  return {
    ...d,
    id,
    run,
    output,
    state: output === null ? 'pending' : 'acted',
    holder: null,
    begun: new Set(),
    doubtful: new Set(inDoubt ? [d.nextPart] : []),
    ambiguous: false,
    calls: 1,
  }
}
