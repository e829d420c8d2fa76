import type { Job } from '@kamihi/contracts'

/** How many get something when jobs run; not exact: at least so many, because not all jobs were looked at. */
export interface BulkReach {
  people: number
  isExact: boolean
}

/** The reach of jobs of which `most` were looked at: whoever is in the audience of two counts twice, because they get two messages. */
export const reachOfJobs = (jobs: readonly Pick<Job, 'recipientCount'>[], most: number): BulkReach => ({
  people: jobs.reduce((sum, { recipientCount }) => sum + recipientCount, 0),
  isExact: jobs.length < most,
})
