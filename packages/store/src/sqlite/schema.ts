export * from './schema/jobs.ts'
export * from './schema/outcomes.ts'
export * from './schema/people.ts'
export * from './schema/webhooks.ts'
