import type { Job } from '@kamihi/contracts'
import { titleOf } from '../jobs/jobDraft.ts'

/** What running several jobs means; not exact: at least so much, because not all of them were looked at. */
export interface BulkReach {
  /** How the first of the jobs are called. */
  names: string[]
  /** How many do not run by themselves. */
  disabled: number
  /** How many get something, and how many of them cannot be reached. */
  people: number
  unreachable: number
  isExact: boolean
}

type Looked = Pick<Job, 'name' | 'action' | 'enabled' | 'recipientCount' | 'unreachableCount'>

/** So many are named. */
const named = 5

/** The reach of jobs of which `most` were looked at: whoever is in the audience of two counts twice, because they get two messages. */
export const reachOfJobs = (jobs: readonly Looked[], most: number): BulkReach => ({
  names: jobs.slice(0, named).map(titleOf),
  disabled: jobs.filter(({ enabled }) => !enabled).length,
  people: sumOf(jobs.map(({ recipientCount }) => recipientCount)),
  unreachable: sumOf(jobs.map(({ unreachableCount }) => unreachableCount)),
  isExact: jobs.length < most,
})

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)
