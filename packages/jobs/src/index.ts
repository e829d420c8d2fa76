export { createJobs, type JobsOptions } from './jobs.ts'
export type { JobFacts, Jobs, Refusal } from './jobs.types.ts'
export { presentJob } from './presentJob.ts'
// Schedules by themselves.
export { type GrammarOptions, type ParsedSchedule, parseSchedule, type Schedule } from './schedule/parse.ts'
export { describeSchedule, previewRuns } from './schedule/preview.ts'
export { latestRunAt, nextRunAt } from './schedule/times.ts'
