export * from './schema/jobs.ts'
export * from './schema/people.ts'
export * from './schema/webhooks.ts'
