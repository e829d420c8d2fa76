import type { Job } from '@kamihi/contracts'

/** How many get something when jobs run: whoever is in the audience of two counts twice, because they get two messages. */
export const recipientsOf = (jobs: readonly Pick<Job, 'recipientCount'>[]): number =>
  jobs.reduce((sum, { recipientCount }) => sum + recipientCount, 0)
