import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: ['./src/sqlite/schema/people.ts', './src/sqlite/schema/jobs.ts', './src/sqlite/schema/webhooks.ts'],
  out: './migrations/sqlite',
})
