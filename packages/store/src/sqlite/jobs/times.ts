import { jobs } from '../schema.ts'

const { cronExpression, timezone, startsAt, endsAt } = jobs

/** Columns that say when a job runs by itself, as `JobTimes` has them. */
export const timesOfJobs = { cronExpression, timezone, startsAt, endsAt }
