import type { Kamihi } from '@kamihi/core'
import type { JobListFacts } from '@kamihi/store'

/** What lists of jobs are asked with, beside their query. */
export const listFactsOf = ({ clock, config }: Kamihi): JobListFacts => ({
  now: clock.now(),
  timezone: config.timezone,
})
