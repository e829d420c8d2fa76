import type { Run } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'
import { hasEnded, missedOut } from '../home/verdict.ts'

/** Why something cannot be done with a run. */
export type RunBar = keyof Texts['runs']['bars']
type Judged = Pick<Run, 'state' | 'dryRun' | 'counts' | 'cancelRequestedAt'>

/** Why nobody of a run can be sent it again; null: somebody can. What a dry run shows is never sent. */
export function retryBar(run: Judged): RunBar | null {
  if (!hasEnded(run)) return 'open'
  if (run.dryRun) return 'dry'
  return missedOut(run.counts) === 0 ? 'nobodyMissed' : null
}

/** Why a run cannot be cancelled; null: it can. */
export function cancelBar(run: Judged): RunBar | null {
  if (hasEnded(run)) return 'ended'
  return run.cancelRequestedAt === null ? null : 'cancelling'
}

/** Why the job of a run cannot be run again as it was then; null: it can. */
export function againBar(run: Judged): RunBar | null {
  if (!hasEnded(run)) return 'open'
  return run.state === 'skipped' ? 'neverRan' : null
}

/** Whom sending again is for. */
export interface Retrying {
  /** Of the runs that it concerns. */
  ids: string[]
  /** Those whom nothing keeps from getting it. */
  people: number
  /** Those who could not be reached at all: they are tried too. */
  unreachable: number
}

/** Whom sending again is for, of several runs, as it was when they ran. */
export function retryingOf(runs: readonly (Judged & Pick<Run, 'id'>)[]): Retrying {
  const those = runs.filter((run) => retryBar(run) === null)
  return {
    ids: those.map(({ id }) => id),
    people: sum(those.map(({ counts }) => missedOut(counts) - counts.unreachable)),
    unreachable: sum(those.map(({ counts }) => counts.unreachable)),
  }
}

/** What cancelling stops. */
export interface Cancelling {
  /** Of the runs that it concerns. */
  ids: string[]
  /** Who will not get it any more. */
  waiting: number
  /** Who may still get it. */
  busy: number
}

/** What cancelling several runs stops. */
export function cancellingOf(runs: readonly (Judged & Pick<Run, 'id'>)[]): Cancelling {
  const those = runs.filter((run) => cancelBar(run) === null)
  return {
    ids: those.map(({ id }) => id),
    waiting: sum(those.map(({ counts }) => counts.pending)),
    busy: sum(those.map(({ counts }) => counts.inProgress)),
  }
}

const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0)
