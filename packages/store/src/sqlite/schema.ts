export * from './schema/jobs.ts'
export * from './schema/people.ts'
